import type { Count, Texts } from '../texts.js';

// Spanish, for all regions. Addresses the reader as "tú"; buttons are infinitives, and finished actions are in the simple past.
// A whole number of millions is followed by "de".

const LATER = 'Vuelve más tarde o usa otro modelo.';
const REFUSED = 'El servidor denegó el acceso. Quizá funcione otro modelo.';
const MISSING = 'Puede que se haya movido o eliminado. Quizá funcione otro modelo.';
const SPACE = 'Libera espacio o usa un modelo más pequeño.';
const RELOAD = 'La descarga está completa. Recargar la página suele ayudar.';

const models = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} modelo`;
  return plural === 'many' ? `${text} de modelos` : `${text} modelos`;
};

const ofFiles = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} archivo`;
  return plural === 'many' ? `${text} de archivos` : `${text} archivos`;
};

export const texts: Texts = {
  status: {
    idle: 'Sin empezar',
    queued: 'En cola',
    checking: 'Comprobando…',
    downloading: 'Descargando',
    paused: 'En pausa',
    stalled: 'No llegan datos',
    waiting: 'A la espera de otro intento',
    preparing: 'Preparando…',
    completed: 'Listo para usar',
    failed: 'Error en la descarga',
    cancelled: 'Descarga cancelada',
  },
  failure: {
    offline: {
      title: 'No tienes conexión',
      advice: 'Conéctate a internet para continuar.',
      lastAdvice: LATER,
    },
    network: {
      title: 'Se cortó la conexión',
      advice: 'Revisa tu conexión y vuelve a intentarlo.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'El servidor no respondió a tiempo',
      advice: 'Puede que esté ocupado o que tu conexión sea lenta. Vuelve a intentarlo en un momento.',
      lastAdvice: LATER,
    },
    http: {
      title: 'El servidor tiene un problema',
      advice: 'Suele resolverse pronto. Vuelve a intentarlo en un momento.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'Este modelo requiere permiso', advice: REFUSED, lastAdvice: REFUSED },
    blocked: {
      title: 'Esta página no puede conectarse al servidor',
      advice: 'La Content-Security-Policy de la página no permite la conexión. Solo el propietario de la página puede cambiarlo.',
      lastAdvice: 'La Content-Security-Policy de la página no permite la conexión. Solo el propietario de la página puede cambiarlo.',
    },
    'not-found': { title: 'No se encontró el modelo o uno de sus archivos', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'Demasiadas solicitudes',
      advice: 'El servidor limita el número de solicitudes. Espera un poco y vuelve a intentarlo.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'El modelo cambió durante la descarga',
      advice: 'Se publicó una versión más reciente. Empieza de nuevo para descargarla.',
      lastAdvice: 'Empieza de nuevo para descargar la versión más reciente o usa otro modelo.',
    },
    corrupt: {
      title: 'La descarga está dañada',
      advice: 'Los datos descargados no coinciden con el original. Empieza de nuevo para volver a descargarlos.',
      lastAdvice: 'Empieza de nuevo para volver a descargar el modelo o usa otro modelo.',
    },
    quota: { title: 'Este dispositivo se quedó sin espacio', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'No se pudo iniciar el modelo', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'La descarga se detuvo',
      advice: 'Puedes volver a iniciarla cuando quieras.',
      lastAdvice: 'Usa otro modelo o recarga la página.',
    },
    unknown: {
      title: 'No se pudo cargar el modelo',
      advice: 'Vuelve a intentarlo o usa otro modelo.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'El inicio está tardando más de lo normal. Si no ocurre nada, recarga la página.',
  unfinished: 'Incompleto',
  fromDevice: 'Cargando desde este dispositivo',
  unknownModel: 'Modelo',
  severalModels: models,
  noDownload: 'No hay ninguna descarga que mostrar',
  waitingForConnection: 'A la espera de conexión',
  retryIn: (duration) => `Nuevo intento en ${duration}`,
  retryNow: 'Intentándolo de nuevo…',
  startingAgain: (attempt, attempts) => `Iniciando de nuevo (reintento ${attempt.text} de ${attempts.text})`,
  attempt: (attempt, attempts) => `Reintento ${attempt.text} de ${attempts.text}`,
  amount: (bytes, total) => `${bytes} de ${total}`,
  amountSoFar: (bytes) => `${bytes} hasta ahora`,
  timeLeft: (duration) => `Restante: ${duration}`,
  fewSeconds: 'unos segundos',
  sizeUnknown: 'Tamaño aún desconocido',
  downloadSize: (size) => `${size} por descargar`,
  onDevice: 'Ya está en este dispositivo',
  notOnDevice: 'Aún no está en este dispositivo',
  partlyOnDevice: (size) => `${size} ya en este dispositivo`,
  excludesRuntime: 'Además, ONNX Runtime, cuyo tamaño se desconoce',
  fits: 'Hay espacio suficiente en este dispositivo',
  doesNotFit: 'Puede que no haya espacio suficiente en este dispositivo',
  variants: 'Versión',
  savesData: 'El ahorro de datos está activado en este navegador',
  mobileData: 'Estás usando datos móviles, que pueden generar cargos',
  slowConnection: 'Tu conexión es lenta',
  timeAtLastSpeed: (duration) => `A la velocidad de tu última descarga: ${duration}`,
  acceptTerms: 'Acepta las condiciones para iniciar la descarga.',
  notKept: 'No hay espacio suficiente para conservar el modelo. Se volverá a descargar la próxima vez.',
  kept: 'La parte descargada se conserva en este dispositivo. Al iniciar de nuevo, continúa desde ahí.',
  cancelHint: 'Después de cancelar, puede que el navegador termine en segundo plano los archivos ya empezados.',
  tip: 'Puedes seguir usando esta página mientras se descarga el modelo.',
  shortTip: 'Puedes seguir usando esta página',
  filesDone: (done, files) => `${done.text} de ${ofFiles(files)}`,
  fileFromDevice: 'Desde este dispositivo',
  fileWaiting: 'En espera',
  finalFailure: (advice) => `No quedan más reintentos. ${advice}`,
  technicalDetails: 'Detalles técnicos',
  showDetails: 'Mostrar detalles',
  hideDetails: 'Ocultar detalles',
  files: 'Archivos',
  minimise: 'Minimizar',
  background: 'En segundo plano',
  download: 'Descargar',
  loadFromDevice: 'Cargar',
  notNow: 'Ahora no',
  pause: 'Pausar',
  resume: 'Reanudar',
  cancel: 'Cancelar',
  close: 'Cerrar',
  retry: 'Reintentar',
  restart: 'Empezar de nuevo',
  startAgain: 'Volver a iniciar',
  chooseModel: 'Usar otro modelo',
  open: (name) => `Mostrar la descarga de ${name}`,
  announcement: (name, text) => `${name}: ${text}`,
  started: 'Empezó la carga',
  separator: ', ',
};
