import type { StorageTexts } from '../storage-texts.js';

// Persian. Addresses the reader as "شما"; buttons are infinitives and nouns. A download is "بارگیری".
// Names are isolated, so that their direction does not affect the text around them.

const isolated = (name: string): string => `\u2068${name}\u2069`;

export const texts: StorageTexts = {
  title: 'مدل‌های این دستگاه',
  checking: 'در حال بررسی دستگاه…',
  noModels: 'هیچ مدلی در این دستگاه ذخیره نشده است.',
  unreadable: 'خواندن فضای ذخیره‌سازی این دستگاه ممکن نشد.',
  someUnreadable: 'بررسی برخی مدل‌ها ممکن نشد.',
  complete: 'کامل',
  stored: 'در این دستگاه',
  unfinished: 'ناتمام',
  inUse: 'در حال استفاده',
  inUseHint: 'تا وقتی این صفحه از آن استفاده می‌کند، نمی‌توان آن را حذف کرد.',
  downloadingHint: 'برای حذف آن، ابتدا بارگیری را لغو کنید.',
  sharedInUseHint: 'تا وقتی این صفحه از فایل‌های آن استفاده می‌کند، نمی‌توان آن را حذف کرد.',
  lastUsed: (when) => `آخرین استفاده: ${when}`,
  sharedFiles: (names) => `همان فایل‌های ${names}؛ با هم حذف می‌شوند.`,
  delete: 'حذف',
  undo: 'واگرد',
  buttonLabel: (button, name) => `${button}: ${isolated(name)}`,
  deletingIn: (duration) => `تا ${duration} دیگر حذف می‌شود`,
  deletionPaused: 'در حالت مکث',
  deleting: 'در حال حذف…',
  deleted: 'حذف شد',
  notDeleted: 'حذف نشد',
  deleteFailed: 'حذف ممکن نشد',
  usage: (used) => `این سایت از ${used} فضا استفاده می‌کند.`,
  usageOfQuota: (used, quota) => `این سایت از ${used} فضا استفاده می‌کند. مرورگر حداکثر ${quota} را مجاز می‌داند.`,
  persistent: 'مرورگر این داده‌ها را تا وقتی حذفشان نکنید نگه می‌دارد.',
  notPersistent: 'ممکن است مرورگر هنگام کمبود فضا این داده‌ها را حذف کند.',
  persist: 'نگه داشتن این داده‌ها',
  persisting: 'در انتظار پاسخ مرورگر…',
  persistRefused: 'مرورگر موافقت نکرد. اگر بیشتر از این سایت بازدید کنید، شاید بعداً موافقت کند.',
  others: 'فایل‌های دیگر این سایت',
  otherFiles: (software) => `فایل‌های دیگر ${isolated(software)}`,
  atLeast: (size) => `دست‌کم ${size}`,
  othersHint: 'نمی‌توان آن‌ها را از اینجا حذف کرد.',
};
