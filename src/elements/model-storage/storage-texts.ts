/** The texts of `<model-storage>` in one language. Sizes, durations and dates are passed as formatted texts. */
export interface StorageTexts {
  /** The heading, and the name of the list. */
  readonly title: string;
  /** The storage is being read. */
  readonly checking: string;
  /** No model has files on this device. */
  readonly noModels: string;
  /** The storage cannot be read. */
  readonly unreadable: string;
  /** Some models could not be measured. */
  readonly someUnreadable: string;
  /** The state of a model with all files. */
  readonly complete: string;
  /** The state of a model with files, of which it is unknown whether they are all. */
  readonly stored: string;
  /** The state of a model of which files are missing. */
  readonly unfinished: string;
  /** The state of a model that the page uses. */
  readonly inUse: string;
  /** Why a model that the page uses has no button to delete it. */
  readonly inUseHint: string;
  /** Why a model that is downloading has no button to delete it. */
  readonly downloadingHint: string;
  /** Why a model has no button to delete it: another model with the same files is in use or downloading. */
  readonly sharedInUseHint: string;
  /** When the model was last used. */
  readonly lastUsed: (when: string) => string;
  /** The names of the models with the same files. */
  readonly sharedFiles: (names: string) => string;
  /** The button that deletes a model. */
  readonly delete: string;
  /** The button that keeps a model that is about to be deleted. */
  readonly undo: string;
  /** The accessible name of a button: its text, and the name of the model. */
  readonly buttonLabel: (button: string, name: string) => string;
  /** The model is deleted after `duration`, unless the user presses Undo. */
  readonly deletingIn: (duration: string) => string;
  /** The time after which the model is deleted has not begun: the user is in its row. Follows `deletingIn`. */
  readonly deletionPaused: string;
  /** The files are being deleted. */
  readonly deleting: string;
  /** Announced when the files are deleted. */
  readonly deleted: string;
  /** The user has pressed Undo, or the page refuses to delete the model. */
  readonly notDeleted: string;
  /** The files could not be deleted. */
  readonly deleteFailed: string;
  /** The bytes that the site uses. */
  readonly usage: (used: string) => string;
  /** The bytes that the site uses, and the bytes that the browser allows it. */
  readonly usageOfQuota: (used: string, quota: string) => string;
  /** The browser keeps the data when space runs low. */
  readonly persistent: string;
  /** The browser may delete the data when space runs low. */
  readonly notPersistent: string;
  /** The button that requests that the browser keeps the data. */
  readonly persist: string;
  /** The browser has not answered the request yet. */
  readonly persisting: string;
  /** The browser has refused the request. */
  readonly persistRefused: string;
  /** The heading of the files of other software. */
  readonly others: string;
  /** Files of a software that belong to no model of the page. */
  readonly otherFiles: (software: string) => string;
  /** A size that is at least `size`. */
  readonly atLeast: (size: string) => string;
  /** The files of other software cannot be deleted here. */
  readonly othersHint: string;
}
