import type { Count, Texts } from '../texts.js';

// Polish. Addresses the reader in the second person without a pronoun; buttons are imperatives.
// After "z" a number of things is in the genitive, which has one form for all numbers but 1.

const LATER = 'Wróć później lub użyj innego modelu.';
const REFUSED = 'Serwer odmówił dostępu. Być może zadziała inny model.';
const MISSING = 'Mógł zostać przeniesiony lub usunięty. Być może zadziała inny model.';
const SPACE = 'Zwolnij trochę miejsca lub użyj mniejszego modelu.';
const RELOAD = 'Pobieranie zostało ukończone. Często pomaga odświeżenie strony.';
const BLOCKED = 'Content-Security-Policy tej strony nie zezwala na połączenie. Może to zmienić tylko właściciel strony.';

const models = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} model`;
  return plural === 'few' ? `${text} modele` : `${text} modeli`;
};

export const texts: Texts = {
  status: {
    idle: 'Jeszcze nie rozpoczęto',
    queued: 'W kolejce',
    checking: 'Sprawdzanie…',
    downloading: 'Pobieranie',
    paused: 'Wstrzymano',
    stalled: 'Dane nie napływają',
    waiting: 'Oczekiwanie na ponowną próbę',
    preparing: 'Przygotowywanie…',
    completed: 'Gotowe do użycia',
    failed: 'Pobieranie nie powiodło się',
    cancelled: 'Anulowano',
  },
  failure: {
    offline: {
      title: 'Jesteś offline',
      advice: 'Połącz się z internetem, aby kontynuować.',
      lastAdvice: LATER,
    },
    network: {
      title: 'Utracono połączenie',
      advice: 'Sprawdź połączenie i spróbuj ponownie.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'Serwer nie odpowiedział na czas',
      advice: 'Serwer może być przeciążony lub połączenie może być wolne. Za chwilę spróbuj ponownie.',
      lastAdvice: LATER,
    },
    http: {
      title: 'Wystąpił problem z serwerem',
      advice: 'Zwykle jest to chwilowe. Za chwilę spróbuj ponownie.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'Ten model wymaga uprawnień', advice: REFUSED, lastAdvice: REFUSED },
    blocked: { title: 'Ta strona nie ma zezwolenia na połączenie z serwerem', advice: BLOCKED, lastAdvice: BLOCKED },
    'not-found': { title: 'Nie znaleziono modelu lub jednego z jego plików', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'Zbyt wiele żądań',
      advice: 'Serwer ogranicza liczbę żądań. Poczekaj chwilę, a potem spróbuj ponownie.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'Model zmienił się podczas pobierania',
      advice: 'Opublikowano nowszą wersję. Zacznij od nowa, aby ją pobrać.',
      lastAdvice: 'Zacznij od nowa, aby pobrać nowszą wersję, lub użyj innego modelu.',
    },
    corrupt: {
      title: 'Pobrane dane są uszkodzone',
      advice: 'Pobrane dane różnią się od oryginału. Zacznij od nowa, aby pobrać je jeszcze raz.',
      lastAdvice: 'Zacznij od nowa, aby pobrać dane jeszcze raz, lub użyj innego modelu.',
    },
    quota: { title: 'Brak miejsca na tym urządzeniu', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'Nie udało się uruchomić modelu', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'Pobieranie zostało zatrzymane',
      advice: 'Możesz je rozpocząć ponownie w dowolnej chwili.',
      lastAdvice: 'Użyj innego modelu lub odśwież stronę.',
    },
    unknown: {
      title: 'Nie udało się wczytać modelu',
      advice: 'Spróbuj ponownie lub użyj innego modelu.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'Uruchamianie trwa dłużej niż zwykle. Jeśli nic się nie dzieje, odśwież stronę.',
  unfinished: 'Pobrano częściowo',
  fromDevice: 'Wczytywanie z tego urządzenia',
  unknownModel: 'Model',
  severalModels: models,
  noDownload: 'Nic nie jest pobierane',
  waitingForConnection: 'Oczekiwanie na połączenie',
  retryIn: (duration) => `Ponowna próba za ${duration}`,
  retryNow: 'Ponawianie próby…',
  startingAgain: (attempt, attempts) => `Ponowne rozpoczynanie (ponowna próba ${attempt.text} z ${attempts.text})`,
  attempt: (attempt, attempts) => `Ponowna próba ${attempt.text} z ${attempts.text}`,
  amount: (bytes, total) => `${bytes} z ${total}`,
  amountSoFar: (bytes) => `Dotychczas ${bytes}`,
  timeLeft: (duration) => `Pozostało ${duration}`,
  fewSeconds: 'kilka sekund',
  sizeUnknown: 'Rozmiar jeszcze nieznany',
  downloadSize: (size) => `Do pobrania: ${size}`,
  onDevice: 'Już na tym urządzeniu',
  notOnDevice: 'Jeszcze nie na tym urządzeniu',
  partlyOnDevice: (size) => `${size} już na tym urządzeniu`,
  excludesRuntime: 'Oraz ONNX Runtime (rozmiar nieznany)',
  fits: 'Na tym urządzeniu jest wystarczająco dużo miejsca',
  doesNotFit: 'Na tym urządzeniu może nie być wystarczająco dużo miejsca',
  variants: 'Wersja',
  savesData: 'W tej przeglądarce włączono oszczędzanie danych',
  mobileData: 'Korzystasz z danych komórkowych, które mogą być płatne',
  slowConnection: 'Twoje połączenie jest wolne',
  timeAtLastSpeed: (duration) => `Przy szybkości ostatniego pobierania: ${duration}`,
  acceptTerms: 'Zaakceptuj warunki, aby rozpocząć pobieranie.',
  notKept: 'Brak miejsca, aby zachować model. Następnym razem zostanie pobrany ponownie.',
  kept: 'Pobrana część jest zapisana na tym urządzeniu. Rozpocznij ponownie, aby kontynuować od tego miejsca.',
  cancelHint: 'Po anulowaniu przeglądarka może jeszcze dokończyć pobieranie niektórych plików w tle.',
  tip: 'Podczas pobierania modelu możesz nadal korzystać z tej strony.',
  shortTip: 'Możesz nadal korzystać z tej strony',
  filesDone: (done, files) => `${done.text} z ${files.text} ${files.plural === 'one' ? 'pliku' : 'plików'}`,
  fileFromDevice: 'Z tego urządzenia',
  fileWaiting: 'Oczekuje',
  finalFailure: (advice) => `Nie można już ponowić próby. ${advice}`,
  technicalDetails: 'Szczegóły techniczne',
  showDetails: 'Pokaż szczegóły',
  hideDetails: 'Ukryj szczegóły',
  files: 'Pliki',
  minimise: 'Minimalizuj',
  background: 'Kontynuuj w tle',
  download: 'Pobierz',
  loadFromDevice: 'Wczytaj',
  notNow: 'Nie teraz',
  pause: 'Wstrzymaj',
  resume: 'Wznów',
  cancel: 'Anuluj',
  close: 'Zamknij',
  retry: 'Ponów próbę',
  restart: 'Zacznij od nowa',
  startAgain: 'Rozpocznij ponownie',
  chooseModel: 'Użyj innego modelu',
  open: (name) => `Pokaż pobieranie: ${name}`,
  announcement: (name, text) => `${name}: ${text}`,
  started: 'Rozpoczęto wczytywanie',
  separator: ', ',
};
