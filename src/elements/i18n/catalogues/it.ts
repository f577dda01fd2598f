import type { Count, Texts } from '../texts.js';

// Italian. Addresses the reader as "tu"; buttons are imperatives of "tu", as in most Italian software.
// A whole number of millions is followed by "di".

const LATER = 'Torna più tardi o usa un altro modello.';
const REFUSED = 'Il server ha negato l’accesso. Un altro modello potrebbe funzionare.';
const MISSING = 'Potrebbe essere stato spostato o eliminato. Un altro modello potrebbe funzionare.';
const SPACE = 'Libera spazio o usa un modello più piccolo.';
const RELOAD = 'Il download è completo. Spesso aiuta ricaricare la pagina.';

const models = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} modello`;
  return plural === 'many' ? `${text} di modelli` : `${text} modelli`;
};

const ofFiles = ({ text, plural }: Count): string => (plural === 'many' ? `${text} di file` : `${text} file`);

export const texts: Texts = {
  status: {
    idle: 'Non ancora avviato',
    queued: 'In coda',
    checking: 'Verifica in corso…',
    downloading: 'Download in corso',
    paused: 'In pausa',
    stalled: 'Nessun dato in arrivo',
    waiting: 'In attesa di un nuovo tentativo',
    preparing: 'Preparazione in corso…',
    completed: 'Pronto per l’uso',
    failed: 'Download non riuscito',
    cancelled: 'Annullato',
  },
  failure: {
    offline: {
      title: 'Sei offline',
      advice: 'Connettiti a Internet per continuare.',
      lastAdvice: LATER,
    },
    network: {
      title: 'La connessione si è interrotta',
      advice: 'Controlla la connessione, poi riprova.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'Il server non ha risposto in tempo',
      advice: 'Potrebbe essere occupato o la tua connessione potrebbe essere lenta. Riprova tra poco.',
      lastAdvice: LATER,
    },
    http: {
      title: 'Il server ha un problema',
      advice: 'Di solito si risolve presto. Riprova tra poco.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'Questo modello richiede un’autorizzazione', advice: REFUSED, lastAdvice: REFUSED },
    blocked: {
      title: 'Questa pagina non può connettersi al server',
      advice: 'La Content-Security-Policy della pagina non consente la connessione. Solo il proprietario della pagina può cambiarlo.',
      lastAdvice: 'La Content-Security-Policy della pagina non consente la connessione. Solo il proprietario della pagina può cambiarlo.',
    },
    'not-found': { title: 'Il modello o un suo file non è stato trovato', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'Troppe richieste',
      advice: 'Il server limita il numero di richieste. Aspetta un po’, poi riprova.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'Il modello è cambiato durante il download',
      advice: 'È stata pubblicata una versione più recente. Ricomincia da capo per scaricarla.',
      lastAdvice: 'Ricomincia da capo per scaricare la versione più recente o usa un altro modello.',
    },
    corrupt: {
      title: 'Il download è danneggiato',
      advice: 'I dati scaricati non corrispondono all’originale. Ricomincia da capo per scaricarli di nuovo.',
      lastAdvice: 'Ricomincia da capo per scaricare di nuovo il modello o usa un altro modello.',
    },
    quota: { title: 'Lo spazio su questo dispositivo è esaurito', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'Non è stato possibile avviare il modello', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'Il download è stato interrotto',
      advice: 'Puoi riavviarlo quando vuoi.',
      lastAdvice: 'Usa un altro modello o ricarica la pagina.',
    },
    unknown: {
      title: 'Non è stato possibile caricare il modello',
      advice: 'Riprova o usa un altro modello.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'L’avvio sta richiedendo più tempo del solito. Se non succede nulla, ricarica la pagina.',
  unfinished: 'Incompleto',
  fromDevice: 'Caricamento da questo dispositivo',
  unknownModel: 'Modello',
  severalModels: models,
  noDownload: 'Nessun download da mostrare',
  waitingForConnection: 'In attesa di una connessione',
  retryIn: (duration) => `Nuovo tentativo tra ${duration}`,
  retryNow: 'Nuovo tentativo…',
  startingAgain: (attempt, attempts) => `Riavvio in corso (nuovo tentativo ${attempt.text} di ${attempts.text})`,
  attempt: (attempt, attempts) => `Nuovo tentativo ${attempt.text} di ${attempts.text}`,
  amount: (bytes, total) => `${bytes} di ${total}`,
  amountSoFar: (bytes) => `${bytes} finora`,
  timeLeft: (duration) => `Ancora ${duration}`,
  fewSeconds: 'pochi secondi',
  sizeUnknown: 'Dimensione non ancora nota',
  downloadSize: (size) => `${size} da scaricare`,
  onDevice: 'Già su questo dispositivo',
  notOnDevice: 'Non ancora su questo dispositivo',
  partlyOnDevice: (size) => `${size} già su questo dispositivo`,
  excludesRuntime: 'Inoltre ONNX Runtime, la cui dimensione non è nota',
  fits: 'Lo spazio su questo dispositivo è sufficiente',
  doesNotFit: 'Lo spazio su questo dispositivo potrebbe non bastare',
  variants: 'Versione',
  savesData: 'Il risparmio dati è attivo in questo browser',
  mobileData: 'Stai usando dati mobili, che possono avere un costo',
  slowConnection: 'La tua connessione è lenta',
  timeAtLastSpeed: (duration) => `Alla velocità del tuo ultimo download: ${duration}`,
  acceptTerms: 'Accetta le condizioni per avviare il download.',
  notKept: 'Non c’è spazio sufficiente per conservare il modello. La prossima volta verrà scaricato di nuovo.',
  kept: 'La parte scaricata è salvata su questo dispositivo. Avvia di nuovo il download per riprendere da lì.',
  cancelHint: 'Dopo l’annullamento il browser può completare in background i file già iniziati.',
  tip: 'Puoi continuare a usare questa pagina mentre il modello viene scaricato.',
  shortTip: 'Puoi continuare a usare questa pagina',
  filesDone: (done, files) => `${done.text} di ${ofFiles(files)}`,
  fileFromDevice: 'Da questo dispositivo',
  fileWaiting: 'In attesa',
  finalFailure: (advice) => `Non ci sono altri tentativi. ${advice}`,
  technicalDetails: 'Dettagli tecnici',
  showDetails: 'Mostra dettagli',
  hideDetails: 'Nascondi dettagli',
  files: 'File',
  minimise: 'Riduci a icona',
  background: 'In background',
  download: 'Scarica',
  loadFromDevice: 'Carica',
  notNow: 'Non ora',
  pause: 'Sospendi',
  resume: 'Riprendi',
  cancel: 'Annulla',
  close: 'Chiudi',
  retry: 'Riprova',
  restart: 'Ricomincia da capo',
  startAgain: 'Avvia di nuovo',
  chooseModel: 'Usa un altro modello',
  open: (name) => `Mostra il download di ${name}`,
  announcement: (name, text) => `${name}: ${text}`,
  started: 'Il caricamento è iniziato',
  separator: ', ',
};
