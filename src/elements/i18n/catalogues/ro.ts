import type { Count, Texts } from '../texts.js';

// Romanian. Addresses the reader as "tu" without the pronoun; buttons are imperatives. From 20 on, "de" follows the number.

const LATER = 'Revino mai târziu sau folosește alt model.';
const REFUSED = 'Serverul a refuzat accesul. Un alt model ar putea funcționa.';
const MISSING = 'Este posibil să fi fost mutat sau șters. Un alt model ar putea funcționa.';
const SPACE = 'Eliberează spațiu sau folosește un model mai mic.';
const RELOAD = 'Descărcarea este completă. Reîncărcarea paginii ajută adesea.';
const BLOCKED = 'Politica Content-Security-Policy a paginii nu permite conexiunea. Doar proprietarul paginii poate schimba acest lucru.';

const models = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} model`;
  return plural === 'few' ? `${text} modele` : `${text} de modele`;
};

const ofFiles = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} fișier`;
  return plural === 'few' ? `${text} fișiere` : `${text} de fișiere`;
};

export const texts: Texts = {
  status: {
    idle: 'Nu a început încă',
    queued: 'În coadă',
    checking: 'Se verifică…',
    downloading: 'Se descarcă',
    paused: 'În pauză',
    stalled: 'Nu se primesc date',
    waiting: 'Se așteaptă o nouă încercare',
    preparing: 'Se pregătește…',
    completed: 'Gata de utilizare',
    failed: 'Descărcarea nu a reușit',
    cancelled: 'Descărcare anulată',
  },
  failure: {
    offline: {
      title: 'Ești offline',
      advice: 'Conectează-te la internet pentru a continua.',
      lastAdvice: LATER,
    },
    network: {
      title: 'Conexiunea s-a întrerupt',
      advice: 'Verifică conexiunea, apoi încearcă din nou.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'Serverul nu a răspuns la timp',
      advice: 'Este posibil ca serverul să fie ocupat sau conexiunea să fie lentă. Încearcă din nou peste câteva momente.',
      lastAdvice: LATER,
    },
    http: {
      title: 'Serverul are o problemă',
      advice: 'De obicei, problema este temporară. Încearcă din nou peste câteva momente.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'Acest model necesită autorizare', advice: REFUSED, lastAdvice: REFUSED },
    blocked: { title: 'Această pagină nu are voie să se conecteze la server', advice: BLOCKED, lastAdvice: BLOCKED },
    'not-found': { title: 'Modelul sau unul dintre fișierele sale nu a fost găsit', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'Prea multe solicitări',
      advice: 'Serverul limitează numărul de solicitări. Așteaptă puțin, apoi încearcă din nou.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'Modelul s-a schimbat în timpul descărcării',
      advice: 'A fost publicată o versiune mai nouă. Începe de la capăt pentru a o descărca.',
      lastAdvice: 'Începe de la capăt pentru a descărca versiunea mai nouă sau folosește alt model.',
    },
    corrupt: {
      title: 'Datele descărcate sunt deteriorate',
      advice: 'Datele descărcate nu corespund cu originalul. Începe de la capăt pentru a le descărca din nou.',
      lastAdvice: 'Începe de la capăt pentru a descărca datele din nou sau folosește alt model.',
    },
    quota: { title: 'Nu mai este spațiu pe acest dispozitiv', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'Modelul nu a putut fi pornit', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'Descărcarea a fost oprită',
      advice: 'O poți porni din nou oricând dorești.',
      lastAdvice: 'Folosește alt model sau reîncarcă pagina.',
    },
    unknown: {
      title: 'Modelul nu a putut fi încărcat',
      advice: 'Încearcă din nou sau folosește alt model.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'Pornirea durează mai mult decât de obicei. Dacă nu se întâmplă nimic, reîncarcă pagina.',
  unfinished: 'Incomplet',
  fromDevice: 'Se încarcă de pe acest dispozitiv',
  unknownModel: 'Model',
  severalModels: models,
  noDownload: 'Nicio descărcare de afișat',
  waitingForConnection: 'Se așteaptă o conexiune',
  retryIn: (duration) => `Se încearcă din nou peste ${duration}`,
  retryNow: 'Se încearcă din nou…',
  startingAgain: (attempt, attempts) => `Se pornește din nou (reîncercarea ${attempt.text} din ${attempts.text})`,
  attempt: (attempt, attempts) => `Reîncercarea ${attempt.text} din ${attempts.text}`,
  amount: (bytes, total) => `${bytes} din ${total}`,
  amountSoFar: (bytes) => `${bytes} până acum`,
  timeLeft: (duration) => `Timp rămas: ${duration}`,
  fewSeconds: 'câteva secunde',
  sizeUnknown: 'Dimensiunea nu este cunoscută încă',
  downloadSize: (size) => `${size} de descărcat`,
  onDevice: 'Deja pe acest dispozitiv',
  notOnDevice: 'Încă nu este pe acest dispozitiv',
  partlyOnDevice: (size) => `${size} deja pe acest dispozitiv`,
  excludesRuntime: 'În plus, ONNX Runtime (dimensiune necunoscută)',
  fits: 'Este suficient spațiu pe acest dispozitiv',
  doesNotFit: 'Este posibil să nu fie suficient spațiu pe acest dispozitiv',
  variants: 'Versiune',
  savesData: 'Economizorul de date este activat în acest browser',
  mobileData: 'Folosești date mobile, care pot fi taxate',
  slowConnection: 'Conexiunea este lentă',
  timeAtLastSpeed: (duration) => `La viteza ultimei tale descărcări: ${duration}`,
  acceptTerms: 'Acceptă condițiile pentru a începe descărcarea.',
  notKept: 'Nu este suficient spațiu pentru a păstra modelul. Data viitoare va fi descărcat din nou.',
  kept: 'Partea descărcată este salvată pe acest dispozitiv. Pornește din nou pentru a continua de acolo.',
  cancelHint: 'După anulare, este posibil ca browserul să finalizeze unele fișiere în fundal.',
  tip: 'Poți folosi în continuare această pagină în timp ce modelul se descarcă.',
  shortTip: 'Poți folosi în continuare această pagină',
  filesDone: (done, files) => `${done.text} din ${ofFiles(files)}`,
  fileFromDevice: 'De pe acest dispozitiv',
  fileWaiting: 'În așteptare',
  finalFailure: (advice) => `Nu mai există reîncercări. ${advice}`,
  technicalDetails: 'Detalii tehnice',
  showDetails: 'Afișează detaliile',
  hideDetails: 'Ascunde detaliile',
  files: 'Fișiere',
  minimise: 'Minimizează',
  background: 'Continuă în fundal',
  download: 'Descarcă',
  loadFromDevice: 'Încarcă',
  notNow: 'Nu acum',
  pause: 'Pune pe pauză',
  resume: 'Reia',
  cancel: 'Anulează',
  close: 'Închide',
  retry: 'Reîncearcă',
  restart: 'Începe de la capăt',
  startAgain: 'Pornește din nou',
  chooseModel: 'Folosește alt model',
  open: (name) => `Afișează descărcarea: ${name}`,
  announcement: (name, text) => `${name}: ${text}`,
  started: 'Încărcarea a început',
  separator: ', ',
};
