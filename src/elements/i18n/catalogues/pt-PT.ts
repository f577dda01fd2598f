import type { Count, Texts } from '../texts.js';

// Portuguese as written in Portugal. Addresses the reader in the third person without "você"; buttons are infinitives.
// A whole number of millions is followed by "de".

const LATER = 'Volte mais tarde ou utilize outro modelo.';
const REFUSED = 'O servidor recusou o acesso. Outro modelo poderá funcionar.';
const MISSING = 'Pode ter sido movido ou eliminado. Outro modelo poderá funcionar.';
const SPACE = 'Liberte espaço ou utilize um modelo mais pequeno.';
const RELOAD = 'A transferência está concluída. Recarregar a página costuma ajudar.';
const BLOCKED = 'A Content-Security-Policy da página não permite a ligação. Só o proprietário da página pode alterar isso.';

const models = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} modelo`;
  return plural === 'many' ? `${text} de modelos` : `${text} modelos`;
};

const ofFiles = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} ficheiro`;
  return plural === 'many' ? `${text} de ficheiros` : `${text} ficheiros`;
};

export const texts: Texts = {
  status: {
    idle: 'Ainda não começou',
    queued: 'Em fila de espera',
    checking: 'A verificar…',
    downloading: 'A transferir',
    paused: 'Em pausa',
    stalled: 'Não estão a chegar dados',
    waiting: 'A aguardar nova tentativa',
    preparing: 'A preparar…',
    completed: 'Pronto a utilizar',
    failed: 'A transferência falhou',
    cancelled: 'Transferência cancelada',
  },
  failure: {
    offline: {
      title: 'Não tem ligação à Internet',
      advice: 'Ligue-se à Internet para continuar.',
      lastAdvice: LATER,
    },
    network: {
      title: 'A ligação foi interrompida',
      advice: 'Verifique a ligação e tente novamente.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'O servidor não respondeu a tempo',
      advice: 'O servidor pode estar ocupado ou a sua ligação pode estar lenta. Tente novamente dentro de momentos.',
      lastAdvice: LATER,
    },
    http: {
      title: 'O servidor tem um problema',
      advice: 'Normalmente é temporário. Tente novamente dentro de momentos.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'Este modelo requer autorização', advice: REFUSED, lastAdvice: REFUSED },
    blocked: { title: 'Esta página não tem permissão para se ligar ao servidor', advice: BLOCKED, lastAdvice: BLOCKED },
    'not-found': { title: 'O modelo ou um dos seus ficheiros não foi encontrado', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'Demasiados pedidos',
      advice: 'O servidor limita o número de pedidos. Aguarde um pouco e tente novamente.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'O modelo mudou durante a transferência',
      advice: 'Foi publicada uma versão mais recente. Recomece do início para a transferir.',
      lastAdvice: 'Recomece do início para transferir a versão mais recente ou utilize outro modelo.',
    },
    corrupt: {
      title: 'Os dados transferidos estão danificados',
      advice: 'Os dados transferidos não correspondem ao original. Recomece do início para os transferir novamente.',
      lastAdvice: 'Recomece do início para transferir os dados novamente ou utilize outro modelo.',
    },
    quota: { title: 'Este dispositivo está sem espaço', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'Não foi possível iniciar o modelo', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'A transferência foi interrompida',
      advice: 'Pode iniciá-la novamente quando quiser.',
      lastAdvice: 'Utilize outro modelo ou recarregue a página.',
    },
    unknown: {
      title: 'Não foi possível carregar o modelo',
      advice: 'Tente novamente ou utilize outro modelo.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'O arranque está a demorar mais do que o habitual. Se nada acontecer, recarregue a página.',
  unfinished: 'Incompleto',
  fromDevice: 'A carregar deste dispositivo',
  unknownModel: 'Modelo',
  severalModels: models,
  noDownload: 'Nenhuma transferência para mostrar',
  waitingForConnection: 'A aguardar ligação',
  retryIn: (duration) => `Nova tentativa dentro de ${duration}`,
  retryNow: 'A tentar novamente…',
  startingAgain: (attempt, attempts) => `A iniciar novamente (nova tentativa ${attempt.text} de ${attempts.text})`,
  attempt: (attempt, attempts) => `Nova tentativa ${attempt.text} de ${attempts.text}`,
  amount: (bytes, total) => `${bytes} de ${total}`,
  amountSoFar: (bytes) => `${bytes} até agora`,
  timeLeft: (duration) => `Tempo restante: ${duration}`,
  fewSeconds: 'alguns segundos',
  sizeUnknown: 'Tamanho ainda desconhecido',
  downloadSize: (size) => `${size} para transferir`,
  onDevice: 'Já está neste dispositivo',
  notOnDevice: 'Ainda não está neste dispositivo',
  partlyOnDevice: (size) => `${size} já neste dispositivo`,
  excludesRuntime: 'Mais o ONNX Runtime (tamanho desconhecido)',
  fits: 'Há espaço suficiente neste dispositivo',
  doesNotFit: 'Pode não haver espaço suficiente neste dispositivo',
  variants: 'Versão',
  savesData: 'A poupança de dados está ativada neste navegador',
  mobileData: 'Está a utilizar dados móveis, que podem ter custos',
  slowConnection: 'A sua ligação está lenta',
  timeAtLastSpeed: (duration) => `À velocidade da sua última transferência: ${duration}`,
  acceptTerms: 'Aceite os termos para iniciar a transferência.',
  notKept: 'Não há espaço suficiente para guardar o modelo. Da próxima vez será transferido novamente.',
  kept: 'A parte transferida fica guardada neste dispositivo. Inicie novamente para continuar a partir daí.',
  cancelHint: 'Depois de cancelar, o navegador ainda pode concluir alguns ficheiros em segundo plano.',
  tip: 'Pode continuar a utilizar esta página enquanto o modelo é transferido.',
  shortTip: 'Pode continuar a utilizar esta página',
  filesDone: (done, files) => `${done.text} de ${ofFiles(files)}`,
  fileFromDevice: 'Deste dispositivo',
  fileWaiting: 'A aguardar',
  finalFailure: (advice) => `Não há mais tentativas. ${advice}`,
  technicalDetails: 'Detalhes técnicos',
  showDetails: 'Mostrar detalhes',
  hideDetails: 'Ocultar detalhes',
  files: 'Ficheiros',
  minimise: 'Minimizar',
  background: 'Continuar em segundo plano',
  download: 'Transferir',
  loadFromDevice: 'Carregar',
  notNow: 'Agora não',
  pause: 'Pausar',
  resume: 'Retomar',
  cancel: 'Cancelar',
  close: 'Fechar',
  retry: 'Tentar novamente',
  restart: 'Recomeçar do início',
  startAgain: 'Iniciar novamente',
  chooseModel: 'Utilizar outro modelo',
  open: (name) => `Mostrar a transferência de ${name}`,
  announcement: (name, text) => `${name}: ${text}`,
  started: 'O carregamento começou',
  separator: ', ',
};
