import type { Count, Texts } from '../texts.js';

// French. Addresses the reader as "vous"; buttons are infinitives. The numbers 0 and 1 are singular.
// A whole number of millions is followed by "de".

const LATER = 'Revenez plus tard ou utilisez un autre modèle.';
const REFUSED = 'Le serveur a refusé l’accès. Un autre modèle pourrait fonctionner.';
const MISSING = 'Il a peut-être été déplacé ou supprimé. Un autre modèle pourrait fonctionner.';
const SPACE = 'Libérez de l’espace ou utilisez un modèle plus petit.';
const RELOAD = 'Le téléchargement est complet. Recharger la page aide souvent.';

const models = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} modèle`;
  return plural === 'many' ? `${text} de modèles` : `${text} modèles`;
};

const ofFiles = ({ text, plural }: Count): string => {
  if (plural === 'one') return `${text} fichier`;
  return plural === 'many' ? `${text} de fichiers` : `${text} fichiers`;
};

export const texts: Texts = {
  status: {
    idle: 'Pas encore commencé',
    queued: 'En file d’attente',
    checking: 'Vérification…',
    downloading: 'Téléchargement en cours',
    paused: 'En pause',
    stalled: 'Aucune donnée reçue',
    waiting: 'En attente d’une nouvelle tentative',
    preparing: 'Préparation…',
    completed: 'Prêt à l’emploi',
    failed: 'Échec du téléchargement',
    cancelled: 'Annulé',
  },
  failure: {
    offline: {
      title: 'Vous êtes hors ligne',
      advice: 'Connectez-vous à Internet pour continuer.',
      lastAdvice: LATER,
    },
    network: {
      title: 'La connexion a été interrompue',
      advice: 'Vérifiez votre connexion, puis réessayez.',
      lastAdvice: LATER,
    },
    timeout: {
      title: 'Le serveur n’a pas répondu à temps',
      advice: 'Il est peut-être surchargé, ou votre connexion est lente. Réessayez dans un instant.',
      lastAdvice: LATER,
    },
    http: {
      title: 'Le serveur rencontre un problème',
      advice: 'Cela ne dure généralement pas. Réessayez dans un instant.',
      lastAdvice: LATER,
    },
    unauthorized: { title: 'Ce modèle nécessite une autorisation', advice: REFUSED, lastAdvice: REFUSED },
    blocked: {
      title: 'Cette page n’est pas autorisée à se connecter au serveur',
      advice: 'La Content-Security-Policy de la page n’autorise pas la connexion. Seul le propriétaire de la page peut changer cela.',
      lastAdvice: 'La Content-Security-Policy de la page n’autorise pas la connexion. Seul le propriétaire de la page peut changer cela.',
    },
    'not-found': { title: 'Le modèle ou l’un de ses fichiers est introuvable', advice: MISSING, lastAdvice: MISSING },
    'rate-limited': {
      title: 'Trop de requêtes',
      advice: 'Le serveur limite le nombre de requêtes. Patientez un peu, puis réessayez.',
      lastAdvice: LATER,
    },
    changed: {
      title: 'Le modèle a changé pendant le téléchargement',
      advice: 'Une version plus récente a été publiée. Recommencez pour la télécharger.',
      lastAdvice: 'Recommencez pour télécharger la version plus récente, ou utilisez un autre modèle.',
    },
    corrupt: {
      title: 'Le téléchargement est endommagé',
      advice: 'Les données téléchargées ne correspondent pas à l’original. Recommencez pour les télécharger à nouveau.',
      lastAdvice: 'Recommencez pour télécharger le modèle à nouveau, ou utilisez un autre modèle.',
    },
    quota: { title: 'Il n’y a plus d’espace sur cet appareil', advice: SPACE, lastAdvice: SPACE },
    runtime: { title: 'Le modèle n’a pas pu démarrer', advice: RELOAD, lastAdvice: RELOAD },
    aborted: {
      title: 'Le téléchargement a été arrêté',
      advice: 'Vous pouvez le relancer quand vous voulez.',
      lastAdvice: 'Utilisez un autre modèle ou rechargez la page.',
    },
    unknown: {
      title: 'Le modèle n’a pas pu être chargé',
      advice: 'Réessayez ou utilisez un autre modèle.',
      lastAdvice: LATER,
    },
  },
  slowStart: 'Le démarrage est plus long que d’habitude. Si rien ne se passe, rechargez la page.',
  unfinished: 'Inachevé',
  fromDevice: 'Chargement depuis cet appareil',
  unknownModel: 'Modèle',
  severalModels: models,
  noDownload: 'Aucun téléchargement à afficher',
  waitingForConnection: 'En attente d’une connexion',
  retryIn: (duration) => `Nouvelle tentative dans ${duration}`,
  retryNow: 'Nouvelle tentative…',
  startingAgain: (attempt, attempts) => `Redémarrage (nouvelle tentative ${attempt.text} sur ${attempts.text})`,
  attempt: (attempt, attempts) => `Nouvelle tentative ${attempt.text} sur ${attempts.text}`,
  amount: (bytes, total) => `${bytes} sur ${total}`,
  amountSoFar: (bytes) => `${bytes} jusqu’ici`,
  timeLeft: (duration) => `Encore ${duration}`,
  fewSeconds: 'quelques secondes',
  sizeUnknown: 'Taille encore inconnue',
  downloadSize: (size) => `${size} à télécharger`,
  onDevice: 'Déjà sur cet appareil',
  notOnDevice: 'Pas encore sur cet appareil',
  partlyOnDevice: (size) => `${size} déjà sur cet appareil`,
  excludesRuntime: 'S’y ajoute ONNX Runtime, dont la taille n’est pas connue',
  fits: 'Il y a assez d’espace sur cet appareil',
  doesNotFit: 'Il n’y a peut-être pas assez d’espace sur cet appareil',
  variants: 'Version',
  savesData: 'L’économiseur de données est activé dans ce navigateur',
  mobileData: 'Vous utilisez des données mobiles, qui peuvent être payantes',
  slowConnection: 'Votre connexion est lente',
  timeAtLastSpeed: (duration) => `À la vitesse de votre dernier téléchargement\u00a0: ${duration}`,
  acceptTerms: 'Acceptez les conditions pour commencer le téléchargement.',
  notKept: 'Il n’y a pas assez d’espace pour conserver le modèle. Il sera téléchargé à nouveau la prochaine fois.',
  kept: 'La partie téléchargée est enregistrée sur cet appareil. Relancez le téléchargement pour le reprendre à cet endroit.',
  cancelHint: 'Après une annulation, le navigateur peut terminer en arrière-plan les fichiers déjà commencés.',
  tip: 'Vous pouvez continuer à utiliser cette page pendant le téléchargement du modèle.',
  shortTip: 'Vous pouvez continuer à utiliser cette page',
  filesDone: (done, files) => `${done.text} sur ${ofFiles(files)}`,
  fileFromDevice: 'Depuis cet appareil',
  fileWaiting: 'En attente',
  finalFailure: (advice) => `Il n’y a plus de tentative possible. ${advice}`,
  technicalDetails: 'Détails techniques',
  showDetails: 'Afficher les détails',
  hideDetails: 'Masquer les détails',
  files: 'Fichiers',
  minimise: 'Réduire',
  background: 'En arrière-plan',
  download: 'Télécharger',
  loadFromDevice: 'Charger',
  notNow: 'Pas maintenant',
  pause: 'Suspendre',
  resume: 'Reprendre',
  cancel: 'Annuler',
  close: 'Fermer',
  retry: 'Réessayer',
  restart: 'Recommencer',
  startAgain: 'Relancer',
  chooseModel: 'Utiliser un autre modèle',
  open: (name) => `Afficher le téléchargement\u00a0: ${name}`,
  announcement: (name, words) => `${name}\u00a0: ${words}`,
  started: 'Le chargement a commencé',
  separator: ', ',
};
