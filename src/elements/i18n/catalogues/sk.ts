import type { Count, Texts } from '../texts.js';

// Slovak. Addresses the reader as "vy" without the pronoun; buttons are infinitives.
// After "z" a number of things is in the genitive, which has one form for all numbers but 1.

const LATER = 'Vráťte sa neskôr alebo použite iný model.';
const REFUSED = 'Server odmietol prístup. Iný model možno bude fungovať.';
const MISSING = 'Mohol byť presunutý alebo odstránený. Iný model možno bude fungovať.';
const SPACE = 'Uvoľnite miesto alebo použite menší model.';
const RELOAD = 'Sťahovanie je dokončené. Často pomôže znova načítať stránku.';
const BLOCKED = 'Content-Security-Policy tejto stránky pripojenie nepovoľuje. Zmeniť to môže iba vlastník stránky.';

const models = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} model`;
  return plural === 'few' ? `${text} modely` : `${text} modelov`;
};

export const texts: Texts = {
  status: {
    idle: 'Zatiaľ nezačaté',
    queued: 'V poradí',
    checking: 'Kontroluje sa…',
    downloading: 'Sťahuje sa',
    paused: 'Pozastavené',
    stalled: 'Neprichádzajú žiadne údaje',
    waiting: 'Čaká sa na ďalší pokus',
    preparing: 'Pripravuje sa…',
    completed: 'Pripravené na použitie',
    failed: 'Sťahovanie zlyhalo',
    cancelled: 'Zrušené',
  },
  failure: {
    offline: {
      title: 'Ste offline',
      advice: 'Ak chcete pokračovať, pripojte sa na internet.',
      lastAdvice: LATER,
    },
    network: {
      title: 'Pripojenie sa prerušilo',
      advice: 'Skontrolujte pripojenie a skúste to znova.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'Server neodpovedal včas',
      advice: 'Server môže byť preťažený alebo vaše pripojenie pomalé. Skúste to o chvíľu znova.',
      lastAdvice: LATER,
    },
    http: {
      title: 'Na serveri sa vyskytol problém',
      advice: 'Zvyčajne je to len dočasné. Skúste to o chvíľu znova.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'Tento model vyžaduje povolenie', advice: REFUSED, lastAdvice: REFUSED },
    blocked: { title: 'Táto stránka sa nesmie pripojiť k serveru', advice: BLOCKED, lastAdvice: BLOCKED },
    'not-found': { title: 'Model alebo niektorý z jeho súborov sa nenašiel', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'Príliš veľa požiadaviek',
      advice: 'Server obmedzuje počet požiadaviek. Chvíľu počkajte a potom to skúste znova.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'Model sa počas sťahovania zmenil',
      advice: 'Bola zverejnená novšia verzia. Ak ju chcete stiahnuť, začnite od začiatku.',
      lastAdvice: 'Začnite od začiatku a stiahnite novšiu verziu alebo použite iný model.',
    },
    corrupt: {
      title: 'Stiahnuté údaje sú poškodené',
      advice: 'Stiahnuté údaje sa nezhodujú s originálom. Ak ich chcete stiahnuť znova, začnite od začiatku.',
      lastAdvice: 'Začnite od začiatku a stiahnite údaje znova alebo použite iný model.',
    },
    quota: { title: 'V tomto zariadení už nie je miesto', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'Model sa nepodarilo spustiť', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'Sťahovanie bolo zastavené',
      advice: 'Môžete ho kedykoľvek spustiť znova.',
      lastAdvice: 'Použite iný model alebo znova načítajte stránku.',
    },
    unknown: {
      title: 'Model sa nepodarilo načítať',
      advice: 'Skúste to znova alebo použite iný model.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'Spúšťanie trvá dlhšie ako zvyčajne. Ak sa nič nestane, znova načítajte stránku.',
  unfinished: 'Čiastočne stiahnuté',
  fromDevice: 'Načítava sa z tohto zariadenia',
  unknownModel: 'Model',
  severalModels: models,
  noDownload: 'Nič sa nesťahuje',
  waitingForConnection: 'Čaká sa na pripojenie',
  retryIn: (duration) => `Ďalší pokus o ${duration}`,
  retryNow: 'Prebieha ďalší pokus…',
  startingAgain: (attempt, attempts) => `Spúšťa sa znova (opakovaný pokus ${attempt.text} z ${attempts.text})`,
  attempt: (attempt, attempts) => `Opakovaný pokus ${attempt.text} z ${attempts.text}`,
  amount: (bytes, total) => `${bytes} z ${total}`,
  amountSoFar: (bytes) => `Zatiaľ ${bytes}`,
  timeLeft: (duration) => `Zostáva ${duration}`,
  fewSeconds: 'niekoľko sekúnd',
  sizeUnknown: 'Veľkosť zatiaľ nie je známa',
  downloadSize: (size) => `Na stiahnutie: ${size}`,
  onDevice: 'Už je v tomto zariadení',
  notOnDevice: 'Zatiaľ nie je v tomto zariadení',
  partlyOnDevice: (size) => `${size} už je v tomto zariadení`,
  excludesRuntime: 'A navyše ONNX Runtime (neznáma veľkosť)',
  fits: 'V tomto zariadení je dosť miesta',
  doesNotFit: 'V tomto zariadení možno nie je dosť miesta',
  variants: 'Verzia',
  savesData: 'V tomto prehliadači je zapnutý šetrič dát',
  mobileData: 'Používate mobilné dáta, ktoré môžu byť spoplatnené',
  slowConnection: 'Vaše pripojenie je pomalé',
  timeAtLastSpeed: (duration) => `Pri rýchlosti posledného sťahovania: ${duration}`,
  acceptTerms: 'Sťahovanie sa začne, keď prijmete podmienky.',
  notKept: 'Na uloženie modelu nie je dosť miesta. Nabudúce sa stiahne znova.',
  kept: 'Stiahnutá časť je uložená v tomto zariadení. Po opätovnom spustení bude sťahovanie pokračovať od tohto miesta.',
  cancelHint: 'Po zrušení môže prehliadač na pozadí ešte dokončiť niektoré súbory.',
  tip: 'Počas sťahovania modelu môžete túto stránku ďalej používať.',
  shortTip: 'Túto stránku môžete ďalej používať',
  filesDone: (done, files) => `${done.text} z ${files.text} ${files.plural === 'one' ? 'súboru' : 'súborov'}`,
  fileFromDevice: 'Z tohto zariadenia',
  fileWaiting: 'Čaká',
  finalFailure: (advice) => `Nezostávajú žiadne opakované pokusy. ${advice}`,
  technicalDetails: 'Technické podrobnosti',
  showDetails: 'Zobraziť podrobnosti',
  hideDetails: 'Skryť podrobnosti',
  files: 'Súbory',
  minimise: 'Minimalizovať',
  background: 'Pokračovať na pozadí',
  download: 'Stiahnuť',
  loadFromDevice: 'Načítať',
  notNow: 'Teraz nie',
  pause: 'Pozastaviť',
  resume: 'Pokračovať',
  cancel: 'Zrušiť',
  close: 'Zavrieť',
  retry: 'Skúsiť znova',
  restart: 'Začať od začiatku',
  startAgain: 'Spustiť znova',
  chooseModel: 'Použiť iný model',
  open: (name) => `Zobraziť sťahovanie: ${name}`,
  announcement: (name, text) => `${name}: ${text}`,
  started: 'Načítavanie sa začalo',
  separator: ', ',
};
