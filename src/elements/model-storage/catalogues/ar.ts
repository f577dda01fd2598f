import type { StorageTexts } from '../storage-texts.js';

// Modern Standard Arabic. Advice in the imperative singular; buttons are verbal nouns, which do not address the reader.
// Names are isolated, so that their direction does not affect the text around them.

const isolated = (name: string): string => `\u2068${name}\u2069`;

export const texts: StorageTexts = {
  title: 'النماذج على هذا الجهاز',
  checking: 'جارٍ فحص الجهاز…',
  noModels: 'لا توجد نماذج محفوظة على هذا الجهاز.',
  unreadable: 'تعذّرت قراءة التخزين على هذا الجهاز.',
  someUnreadable: 'تعذّر فحص بعض النماذج.',
  complete: 'مكتمل',
  stored: 'على هذا الجهاز',
  unfinished: 'غير مكتمل',
  inUse: 'قيد الاستخدام',
  inUseHint: 'لا يمكن حذفه ما دامت هذه الصفحة تستخدمه.',
  downloadingHint: 'لحذفه، ألغِ التنزيل أولًا.',
  sharedInUseHint: 'لا يمكن حذفه ما دامت هذه الصفحة تستخدم ملفاته.',
  lastUsed: (when) => `آخر استخدام: ${when}`,
  sharedFiles: (names) => `الملفات نفسها الخاصة بـ ${names}، وتُحذف معًا.`,
  delete: 'حذف',
  undo: 'تراجع',
  buttonLabel: (button, name) => `${button}: ${isolated(name)}`,
  deletingIn: (duration) => `سيُحذف بعد ${duration}`,
  deletionPaused: 'متوقف مؤقتًا',
  deleting: 'جارٍ الحذف…',
  deleted: 'حُذف',
  notDeleted: 'لم يُحذف',
  deleteFailed: 'تعذّر حذفه',
  usage: (used) => `يستخدم هذا الموقع ${used}.`,
  usageOfQuota: (used, quota) => `يستخدم هذا الموقع ${used}. يسمح له المتصفح بما يصل إلى ${quota}.`,
  persistent: 'يحتفظ المتصفح بهذه البيانات حتى تحذفها.',
  notPersistent: 'قد يحذف المتصفح هذه البيانات عندما تقل المساحة.',
  persist: 'الاحتفاظ بهذه البيانات',
  persisting: 'في انتظار رد المتصفح…',
  persistRefused: 'لم يوافق المتصفح. قد يوافق لاحقًا إذا زرت هذا الموقع أكثر.',
  others: 'ملفات أخرى لهذا الموقع',
  otherFiles: (software) => `ملفات أخرى من ${isolated(software)}`,
  atLeast: (size) => `${size} على الأقل`,
  othersHint: 'لا يمكن حذفها من هنا.',
};
