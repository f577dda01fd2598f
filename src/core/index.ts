export { CircularBuffer } from './circular-buffer.js';
export { epochNow, type Clock, type Timer } from './clock.js';
export { MultiFileProgressTracker, type MultiFileProgressTrackerOptions } from './multi-file-progress-tracker.js';
export type {
  AggregateProgressInfo,
  FileProgressInfo,
  PlanEntry,
  ProgressInfo,
  ProgressStatus,
} from './progress-info.js';
export { ProgressTracker, type ProgressTrackerOptions } from './progress-tracker.js';
export { SpeedMeter, type SpeedSample } from './speed-meter.js';
export { systemClock } from './system-clock.js';
export { ThrottledProgressUpdater, type ThrottledProgressUpdaterOptions } from './throttled-progress-updater.js';
