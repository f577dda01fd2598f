import type { Count, Texts } from '../texts.js';

// Czech. Addresses the reader as "vy" without the pronoun; buttons are infinitives.
// After "z" a number of things is in the genitive, which has one form for all numbers but 1.

const LATER = 'Vraťte se později, nebo použijte jiný model.';
const REFUSED = 'Server odepřel přístup. Jiný model možná bude fungovat.';
const MISSING = 'Mohl být přesunut nebo odstraněn. Jiný model možná bude fungovat.';
const SPACE = 'Uvolněte místo, nebo použijte menší model.';
const RELOAD = 'Stahování je dokončeno. Často pomůže načíst stránku znovu.';
const BLOCKED = 'Content-Security-Policy této stránky připojení nepovoluje. Změnit to může jen vlastník stránky.';

const models = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} model`;
  return plural === 'few' ? `${text} modely` : `${text} modelů`;
};

export const texts: Texts = {
  status: {
    idle: 'Zatím nezahájeno',
    queued: 'Ve frontě',
    checking: 'Kontroluje se…',
    downloading: 'Stahuje se',
    paused: 'Pozastaveno',
    stalled: 'Nepřicházejí žádná data',
    waiting: 'Čeká se na další pokus',
    preparing: 'Připravuje se…',
    completed: 'Připraveno k použití',
    failed: 'Stahování se nezdařilo',
    cancelled: 'Zrušeno',
  },
  failure: {
    offline: {
      title: 'Jste offline',
      advice: 'Chcete-li pokračovat, připojte se k internetu.',
      lastAdvice: LATER,
    },
    network: {
      title: 'Připojení bylo přerušeno',
      advice: 'Zkontrolujte připojení a zkuste to znovu.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'Server neodpověděl včas',
      advice: 'Server může být přetížený nebo vaše připojení pomalé. Zkuste to za chvíli znovu.',
      lastAdvice: LATER,
    },
    http: {
      title: 'Na serveru došlo k problému',
      advice: 'Obvykle je to jen dočasné. Zkuste to za chvíli znovu.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'Tento model vyžaduje oprávnění', advice: REFUSED, lastAdvice: REFUSED },
    blocked: { title: 'Tato stránka se nesmí připojit k serveru', advice: BLOCKED, lastAdvice: BLOCKED },
    'not-found': { title: 'Model nebo některý z jeho souborů nebyl nalezen', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'Příliš mnoho požadavků',
      advice: 'Server omezuje počet požadavků. Chvíli počkejte a pak to zkuste znovu.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'Model se během stahování změnil',
      advice: 'Byla vydána novější verze. Chcete-li ji stáhnout, začněte od začátku.',
      lastAdvice: 'Začněte od začátku a stáhněte novější verzi, nebo použijte jiný model.',
    },
    corrupt: {
      title: 'Stažená data jsou poškozená',
      advice: 'Stažená data neodpovídají originálu. Chcete-li je stáhnout znovu, začněte od začátku.',
      lastAdvice: 'Začněte od začátku a stáhněte data znovu, nebo použijte jiný model.',
    },
    quota: { title: 'V tomto zařízení došlo místo', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'Model se nepodařilo spustit', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'Stahování bylo zastaveno',
      advice: 'Můžete ho kdykoli spustit znovu.',
      lastAdvice: 'Použijte jiný model, nebo načtěte stránku znovu.',
    },
    unknown: {
      title: 'Model se nepodařilo načíst',
      advice: 'Zkuste to znovu, nebo použijte jiný model.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'Spouštění trvá déle než obvykle. Pokud se nic nestane, načtěte stránku znovu.',
  unfinished: 'Částečně staženo',
  fromDevice: 'Načítá se z tohoto zařízení',
  unknownModel: 'Model',
  severalModels: models,
  noDownload: 'Nic se nestahuje',
  waitingForConnection: 'Čeká se na připojení',
  retryIn: (duration) => `Další pokus za ${duration}`,
  retryNow: 'Probíhá další pokus…',
  startingAgain: (attempt, attempts) => `Spouští se znovu (opakovaný pokus ${attempt.text} z ${attempts.text})`,
  attempt: (attempt, attempts) => `Opakovaný pokus ${attempt.text} z ${attempts.text}`,
  amount: (bytes, total) => `${bytes} z ${total}`,
  amountSoFar: (bytes) => `Zatím ${bytes}`,
  timeLeft: (duration) => `Zbývá ${duration}`,
  fewSeconds: 'několik sekund',
  sizeUnknown: 'Velikost zatím není známa',
  downloadSize: (size) => `Ke stažení: ${size}`,
  onDevice: 'Už je v tomto zařízení',
  notOnDevice: 'Zatím není v tomto zařízení',
  partlyOnDevice: (size) => `${size} už je v tomto zařízení`,
  excludesRuntime: 'A navíc ONNX Runtime (neznámá velikost)',
  fits: 'V tomto zařízení je dost místa',
  doesNotFit: 'V tomto zařízení možná není dost místa',
  variants: 'Verze',
  savesData: 'V tomto prohlížeči je zapnutý spořič dat',
  mobileData: 'Používáte mobilní data, která mohou být zpoplatněna',
  slowConnection: 'Vaše připojení je pomalé',
  timeAtLastSpeed: (duration) => `Při rychlosti posledního stahování: ${duration}`,
  acceptTerms: 'Stahování začne, až přijmete podmínky.',
  notKept: 'Na uložení modelu není dost místa. Příště se stáhne znovu.',
  kept: 'Stažená část je uložena v tomto zařízení. Po novém spuštění bude stahování pokračovat od tohoto místa.',
  cancelHint: 'Po zrušení může prohlížeč na pozadí ještě dokončit některé soubory.',
  tip: 'Během stahování modelu můžete tuto stránku dál používat.',
  shortTip: 'Tuto stránku můžete dál používat',
  filesDone: (done, files) => `${done.text} z ${files.text} ${files.plural === 'one' ? 'souboru' : 'souborů'}`,
  fileFromDevice: 'Z tohoto zařízení',
  fileWaiting: 'Čeká',
  finalFailure: (advice) => `Nezbývají žádné opakované pokusy. ${advice}`,
  technicalDetails: 'Technické podrobnosti',
  showDetails: 'Zobrazit podrobnosti',
  hideDetails: 'Skrýt podrobnosti',
  files: 'Soubory',
  minimise: 'Minimalizovat',
  background: 'Pokračovat na pozadí',
  download: 'Stáhnout',
  loadFromDevice: 'Načíst',
  notNow: 'Teď ne',
  pause: 'Pozastavit',
  resume: 'Pokračovat',
  cancel: 'Zrušit',
  close: 'Zavřít',
  retry: 'Zkusit znovu',
  restart: 'Začít od začátku',
  startAgain: 'Spustit znovu',
  chooseModel: 'Použít jiný model',
  open: (name) => `Zobrazit stahování: ${name}`,
  announcement: (name, text) => `${name}: ${text}`,
  started: 'Načítání bylo zahájeno',
  separator: ', ',
};
