import type { Count, Texts } from '../texts.js';

// Portuguese as written in Brazil. Addresses the reader as "você"; buttons are infinitives.
// A whole number of millions is followed by "de".

const LATER = 'Volte mais tarde ou use outro modelo.';
const REFUSED = 'O servidor negou o acesso. Talvez outro modelo funcione.';
const MISSING = 'Ele pode ter sido movido ou excluído. Talvez outro modelo funcione.';
const SPACE = 'Libere espaço ou use um modelo menor.';
const RELOAD = 'O download está completo. Recarregar a página costuma ajudar.';

const models = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} modelo`;
  return plural === 'many' ? `${text} de modelos` : `${text} modelos`;
};

const ofFiles = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} arquivo`;
  return plural === 'many' ? `${text} de arquivos` : `${text} arquivos`;
};

export const texts: Texts = {
  status: {
    idle: 'Ainda não iniciado',
    queued: 'Na fila',
    checking: 'Verificando…',
    downloading: 'Baixando',
    paused: 'Pausado',
    stalled: 'Nenhum dado está chegando',
    waiting: 'Aguardando nova tentativa',
    preparing: 'Preparando…',
    completed: 'Pronto para usar',
    failed: 'Falha no download',
    cancelled: 'Cancelado',
  },
  failure: {
    offline: {
      title: 'Você está offline',
      advice: 'Conecte-se à internet para continuar.',
      lastAdvice: LATER,
    },
    network: {
      title: 'A conexão caiu',
      advice: 'Verifique sua conexão e tente novamente.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'O servidor não respondeu a tempo',
      advice: 'Ele pode estar ocupado, ou sua conexão pode estar lenta. Tente novamente daqui a pouco.',
      lastAdvice: LATER,
    },
    http: {
      title: 'O servidor está com um problema',
      advice: 'Isso costuma passar logo. Tente novamente daqui a pouco.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'Este modelo exige permissão', advice: REFUSED, lastAdvice: REFUSED },
    blocked: {
      title: 'Esta página não pode se conectar ao servidor',
      advice: 'A Content-Security-Policy da página não permite a conexão. Só o proprietário da página pode mudar isso.',
      lastAdvice: 'A Content-Security-Policy da página não permite a conexão. Só o proprietário da página pode mudar isso.',
    },
    'not-found': { title: 'O modelo ou um de seus arquivos não foi encontrado', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'Solicitações demais',
      advice: 'O servidor limita o número de solicitações. Espere um pouco e tente novamente.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'O modelo mudou durante o download',
      advice: 'Uma versão mais recente foi publicada. Recomece para baixá-la.',
      lastAdvice: 'Recomece para baixar a versão mais recente ou use outro modelo.',
    },
    corrupt: {
      title: 'O download está danificado',
      advice: 'Os dados baixados não correspondem ao original. Recomece para baixá-los novamente.',
      lastAdvice: 'Recomece para baixar o modelo novamente ou use outro modelo.',
    },
    quota: { title: 'Este dispositivo está sem espaço', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'Não foi possível iniciar o modelo', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'O download foi interrompido',
      advice: 'Você pode iniciá-lo de novo quando quiser.',
      lastAdvice: 'Use outro modelo ou recarregue a página.',
    },
    unknown: {
      title: 'Não foi possível carregar o modelo',
      advice: 'Tente novamente ou use outro modelo.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'O início está demorando mais que o normal. Se nada acontecer, recarregue a página.',
  unfinished: 'Incompleto',
  fromDevice: 'Carregando deste dispositivo',
  unknownModel: 'Modelo',
  severalModels: models,
  noDownload: 'Nenhum download para mostrar',
  waitingForConnection: 'Aguardando conexão',
  retryIn: (duration) => `Nova tentativa em ${duration}`,
  retryNow: 'Tentando novamente…',
  startingAgain: (attempt, attempts) => `Iniciando de novo (nova tentativa ${attempt.text} de ${attempts.text})`,
  attempt: (attempt, attempts) => `Nova tentativa ${attempt.text} de ${attempts.text}`,
  amount: (bytes, total) => `${bytes} de ${total}`,
  amountSoFar: (bytes) => `${bytes} até agora`,
  timeLeft: (duration) => `Restante: ${duration}`,
  fewSeconds: 'alguns segundos',
  sizeUnknown: 'Tamanho ainda desconhecido',
  downloadSize: (size) => `${size} para baixar`,
  onDevice: 'Já está neste dispositivo',
  notOnDevice: 'Ainda não está neste dispositivo',
  partlyOnDevice: (size) => `${size} já neste dispositivo`,
  excludesRuntime: 'Além disso, o ONNX Runtime, cujo tamanho não é conhecido',
  fits: 'Há espaço suficiente neste dispositivo',
  doesNotFit: 'Talvez não haja espaço suficiente neste dispositivo',
  variants: 'Versão',
  savesData: 'A economia de dados está ativada neste navegador',
  mobileData: 'Você está usando dados móveis, que podem ser cobrados',
  slowConnection: 'Sua conexão está lenta',
  timeAtLastSpeed: (duration) => `Na velocidade do seu último download: ${duration}`,
  acceptTerms: 'Aceite os termos para iniciar o download.',
  notKept: 'Não há espaço suficiente para manter o modelo. Ele será baixado de novo na próxima vez.',
  kept: 'A parte já baixada fica neste dispositivo. Ao iniciar de novo, o download continua desse ponto.',
  cancelHint: 'Depois do cancelamento, o navegador ainda pode concluir em segundo plano os arquivos já iniciados.',
  tip: 'Você pode continuar usando esta página enquanto o modelo é baixado.',
  shortTip: 'Você pode continuar usando esta página',
  filesDone: (done, files) => `${done.text} de ${ofFiles(files)}`,
  fileFromDevice: 'Deste dispositivo',
  fileWaiting: 'Aguardando',
  finalFailure: (advice) => `Não há mais tentativas. ${advice}`,
  technicalDetails: 'Detalhes técnicos',
  showDetails: 'Mostrar detalhes',
  hideDetails: 'Ocultar detalhes',
  files: 'Arquivos',
  minimise: 'Minimizar',
  background: 'Em segundo plano',
  download: 'Baixar',
  loadFromDevice: 'Carregar',
  notNow: 'Agora não',
  pause: 'Pausar',
  resume: 'Retomar',
  cancel: 'Cancelar',
  close: 'Fechar',
  retry: 'Tentar novamente',
  restart: 'Recomeçar',
  startAgain: 'Iniciar de novo',
  chooseModel: 'Usar outro modelo',
  open: (name) => `Mostrar o download de ${name}`,
  announcement: (name, text) => `${name}: ${text}`,
  started: 'O carregamento começou',
  separator: ', ',
};
