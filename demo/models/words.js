/** Common English words that the local models can read and write. */
export const everydayWords = `
a able about above accept across act active actually add address afraid after afternoon again against age agree ahead
air all allow almost alone along already also always am among amount an and animal another answer any anybody anyone
anything anyway apart apple apply april are area arm around arrive art as ask asleep at attempt august aunt autumn away
baby back bad bag ball bank bar basic bath be beach bear beat beautiful because become bed bedroom been before began
begin behind being believe bell belong below beside best better between beyond big bird birthday bit black blue board
boat body bone book born both bottle bottom bowl box boy branch bread break breakfast bridge bright bring broken
brother brown brush build building burn bus business busy but butter button buy by byte bytes cake call came camera can
cannot cap captain car card care careful carry cart case cat catch cause center central certain chair chance change
cheap check cheese chicken child children choice choose church circle city class clean clear clever climb clock close
clothes cloud coat coffee cold collect college color come comes common company compare complete computer connect
contain continue control cook cool copy corn corner correct cost could count country couple course cousin cover cow
cream create cross crowd cry cup cut daily dance dark data date daughter day dead deal dear december decide deep degree
depend describe desert design desk detail develop device did die different difficult dinner direct dirty disk distance
do doctor does dog dollar done door double doubt down draw dream dress drink drive drop dry duck during dust each ear
early earn earth east easy eat edge education egg eight either electric eleven else empty end enemy engine english
enjoy enough enter equal escape even evening ever every everybody everyone everything exact example except excited
exercise expect experience explain eye face fact fair fall false family famous far farm fast fat father favorite fear
february feed feel feet fell felt few field fight fill film final find fine finger finish fire first fish fit five fix
flat floor flower fly follow food foot football for force foreign forest forget form forward found four free fresh
friday friend from front fruit full fun funny future game garden gas gate gave general gentle get gift girl give glad
glass go goes gold gone good goodbye got government grand grandfather grandmother grass great green grey ground group
grow guess guest guide guitar had hair half hall hand happen happens happy hard has hat hate have he head health hear
heard heart heat heavy height held hello help her here herself hi high hill him himself his history hit hobby hold hole
holiday home honest hope horse hospital hot hotel hour house how however hundred hungry hurry hurt husband i ice idea
if ill image important in include indeed inside instead interest into invite is island it its itself january job join
joke journey july jump june just keep kept key kill kind king kitchen knee knew knife know known lady lake land
language large last late later laugh law lazy lead leaf learn least leave left leg less lesson let letter level library
lie life lift light like line link lion list listen little live local long look lose lost lot loud love low lucky lunch
machine made magazine mail main make man many map march mark market marry match matter may maybe me meal mean meaning
measure meat medicine meet member memory message metal method middle might mile milk million mind mine minute mirror
miss mistake mix model models modern moment monday money monkey month moon more morning most mother mountain mouse
mouth move movie much music must my myself name narrow nation nature near nearly neck need neighbor neither network
never new news newspaper next nice night nine no nobody noise none noon nor north nose not note nothing notice november
now number object ocean october of off offer office often oil old on once one only open opposite or orange order other
our out outside over own page pain paint pair paper parent park part partner party pass past path patient pay peace pen
pencil people perfect perhaps period person phone photo piano pick picture piece pig pink place plain plan plane plant
play please pleasure pocket point police poor popular position possible post potato pound power practice prefer
prepare present president pretty price print prize probably problem process produce program promise proper protect
proud provide public pull pupil push put quarter queen question quick quickly quiet quite rabbit race radio rain ran
reach read ready real really reason receive record red remain remember repeat reply report rest restaurant result
return rice rich ride right ring rise river road rock roof room rose round row rule run runs sad safe said sail salad
sale salt same sand sandwich sat saturday save saw say says school science sea search season seat second secret see
seem seen sell send sentence sentences september serious serve set seven several shall shape share sharp she sheep ship
shirt shoe shoot shop short should shoulder shout show shut sick side sight sign silence silver similar simple since
sing single sister sit six size skin skirt sky sleep slow slowly small smell smile smoke snow so soap social soft some
somebody someone something sometimes son song soon sorry sort sound soup south space speak special speed spell spend
spoon sport spring square stage stairs stamp stand star start state station stay step still stone stop store storm
story straight strange street strong student study stupid such sudden sugar suit summer sun sunday supper support sure
surprise sweet swim system table take talk tall taste taxi tea teach teacher team telephone tell ten tennis test than
thank thanks that the their them themselves then there these they thick thin thing think third thirsty this those
though thought thousand three through throw thursday ticket tidy tie time tiny tired title to today together told
tomorrow tonight too took tool tooth top total touch toward town toy traffic train travel tree trip trouble true trust
truth try tuesday turn twelve twenty twice two type ugly umbrella uncle under understand until up upon us use useful
usual valley value vegetable very view village visit voice wait walk wall want war warm was wash watch water wave way
we weak wear weather wednesday week weekend welcome well went were west wet what wheel when where whether which while
white who whole whose why wide wife wild will win wind window wine winter wish with within without woman wonder wood
word words work world worry worse worst would write writer wrong yard year yellow yes yesterday yet you young your
yourself zero
`
  .trim()
  .split(/\s+/);
