import type { Count, Texts } from '../texts.js';

// Catalan. Addresses the reader as "vós"; buttons are imperatives of "tu", by the style guide of Softcatalà.
// A whole number of millions is followed by "de". Before 1 and 11, which are read as "un" and "onze", "de" is "d’".

const LATER = 'Torneu més tard o utilitzeu un altre model.';
const REFUSED = 'El servidor ha denegat l’accés. Potser un altre model funcionarà.';
const MISSING = 'És possible que s’hagi mogut o suprimit. Potser un altre model funcionarà.';
const SPACE = 'Allibereu espai o utilitzeu un model més petit.';
const RELOAD = 'La baixada s’ha completat. Sovint ajuda tornar a carregar la pàgina.';
const BLOCKED = 'La Content-Security-Policy de la pàgina no permet la connexió. Només ho pot canviar el propietari de la pàgina.';

/** "de" and a number or a size, such as "1,3 GB". */
const of = (number: string): string => (/^11?(?![\d.])/.test(number) ? `d’${number}` : `de ${number}`);

const models = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} model`;
  return plural === 'many' ? `${text} de models` : `${text} models`;
};

const files = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} fitxer`;
  return plural === 'many' ? `${text} de fitxers` : `${text} fitxers`;
};

export const texts: Texts = {
  status: {
    idle: 'Encara no ha començat',
    queued: 'A la cua',
    checking: 'S’està comprovant…',
    downloading: 'S’està baixant',
    paused: 'En pausa',
    stalled: 'No arriben dades',
    waiting: 'A l’espera d’un altre intent',
    preparing: 'S’està preparant…',
    completed: 'A punt per utilitzar',
    failed: 'La baixada ha fallat',
    cancelled: 'S’ha cancel·lat',
  },
  failure: {
    offline: {
      title: 'No teniu connexió',
      advice: 'Connecteu-vos a Internet per continuar.',
      lastAdvice: LATER,
    },
    network: {
      title: 'S’ha perdut la connexió',
      advice: 'Comproveu la connexió i torneu-ho a provar.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'El servidor no ha respost a temps',
      advice: 'Potser el servidor està ocupat o la connexió és lenta. Torneu-ho a provar d’aquí a una estona.',
      lastAdvice: LATER,
    },
    http: {
      title: 'El servidor té un problema',
      advice: 'Normalment és temporal. Torneu-ho a provar d’aquí a una estona.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'Aquest model requereix permís', advice: REFUSED, lastAdvice: REFUSED },
    blocked: { title: 'Aquesta pàgina no té permís per connectar-se al servidor', advice: BLOCKED, lastAdvice: BLOCKED },
    'not-found': { title: 'No s’ha trobat el model o un dels seus fitxers', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'Massa sol·licituds',
      advice: 'El servidor limita el nombre de sol·licituds. Espereu una mica i torneu-ho a provar.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'El model ha canviat durant la baixada',
      advice: 'S’ha publicat una versió més recent. Comenceu de zero per baixar-la.',
      lastAdvice: 'Comenceu de zero per baixar la versió més recent o utilitzeu un altre model.',
    },
    corrupt: {
      title: 'Les dades baixades estan malmeses',
      advice: 'Les dades baixades no coincideixen amb l’original. Comenceu de zero per tornar-les a baixar.',
      lastAdvice: 'Comenceu de zero per tornar a baixar les dades o utilitzeu un altre model.',
    },
    quota: { title: 'Aquest dispositiu s’ha quedat sense espai', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'No s’ha pogut iniciar el model', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'S’ha aturat la baixada',
      advice: 'Podeu tornar-la a iniciar quan vulgueu.',
      lastAdvice: 'Utilitzeu un altre model o torneu a carregar la pàgina.',
    },
    unknown: {
      title: 'No s’ha pogut carregar el model',
      advice: 'Torneu-ho a provar o utilitzeu un altre model.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'L’inici triga més del que és habitual. Si no passa res, torneu a carregar la pàgina.',
  unfinished: 'Incomplet',
  fromDevice: 'S’està carregant des d’aquest dispositiu',
  unknownModel: 'Model',
  severalModels: models,
  noDownload: 'No hi ha cap baixada per mostrar',
  waitingForConnection: 'A l’espera d’una connexió',
  retryIn: (duration) => `Nou intent d’aquí a ${duration}`,
  retryNow: 'S’està tornant a provar…',
  startingAgain: (attempt, attempts) => `S’està tornant a iniciar (reintent ${attempt.text} ${of(attempts.text)})`,
  attempt: (attempt, attempts) => `Reintent ${attempt.text} ${of(attempts.text)}`,
  amount: (bytes, total) => `${bytes} ${of(total)}`,
  amountSoFar: (bytes) => `${bytes} fins ara`,
  timeLeft: (duration) => `Temps restant: ${duration}`,
  fewSeconds: 'uns segons',
  sizeUnknown: 'Encara no se’n coneix la mida',
  downloadSize: (size) => `${size} per baixar`,
  onDevice: 'Ja és en aquest dispositiu',
  notOnDevice: 'Encara no és en aquest dispositiu',
  partlyOnDevice: (size) => `${size} ja en aquest dispositiu`,
  excludesRuntime: 'A més, l’ONNX Runtime (mida desconeguda)',
  fits: 'Hi ha prou espai en aquest dispositiu',
  doesNotFit: 'Potser no hi ha prou espai en aquest dispositiu',
  variants: 'Versió',
  savesData: 'L’economitzador de dades està activat en aquest navegador',
  mobileData: 'Esteu utilitzant dades mòbils, que poden tenir un cost',
  slowConnection: 'La connexió és lenta',
  timeAtLastSpeed: (duration) => `A la velocitat de l’última baixada: ${duration}`,
  acceptTerms: 'Accepteu les condicions per iniciar la baixada.',
  notKept: 'No hi ha prou espai per conservar el model. La pròxima vegada es tornarà a baixar.',
  kept: 'La part baixada s’ha desat en aquest dispositiu. Torneu a iniciar la baixada per continuar des d’aquest punt.',
  cancelHint: 'Després de cancel·lar, és possible que el navegador acabi de baixar alguns fitxers en segon pla.',
  tip: 'Podeu continuar utilitzant aquesta pàgina mentre es baixa el model.',
  shortTip: 'Podeu continuar utilitzant aquesta pàgina',
  filesDone: (done, all) => `${done.text} ${of(files(all))}`,
  fileFromDevice: 'Des d’aquest dispositiu',
  fileWaiting: 'En espera',
  finalFailure: (advice) => `No queden més reintents. ${advice}`,
  technicalDetails: 'Detalls tècnics',
  showDetails: 'Mostra els detalls',
  hideDetails: 'Amaga els detalls',
  files: 'Fitxers',
  minimise: 'Minimitza',
  background: 'Continua en segon pla',
  download: 'Baixa',
  loadFromDevice: 'Carrega',
  notNow: 'Ara no',
  pause: 'Posa en pausa',
  resume: 'Reprèn',
  cancel: 'Cancel·la',
  close: 'Tanca',
  retry: 'Torna-ho a provar',
  restart: 'Comença de zero',
  startAgain: 'Torna a iniciar',
  chooseModel: 'Utilitza un altre model',
  open: (name) => `Mostra la baixada: ${name}`,
  announcement: (name, text) => `${name}: ${text}`,
  started: 'Ha començat la càrrega',
  separator: ', ',
};
