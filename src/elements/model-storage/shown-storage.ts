// In: reports from any script. Out: checked values that the element can show.
import type { DownloadStatus } from '../../core/index.js';
import { fieldsOf, isDownloadStatus, isRecord } from '../../core/internal.js';
import { count, flag, text } from '../checked-values.js';

/** One model with checked values. */
export interface ShownModel {
  readonly key: string;
  readonly name: string;
  /** Bytes of complete and of incomplete files. */
  readonly bytes: number;
  /** Bytes of the whole model; `undefined` while unknown. */
  readonly total: number | undefined;
  readonly isComplete: boolean | undefined;
  /** The time of the last use, in ms since 1970; `undefined` if unknown. */
  readonly lastUsed: number | undefined;
  readonly status: DownloadStatus;
  /** The keys of the models with the same files. */
  readonly sharedWith: readonly string[];
}

/** The files of other software, with checked values. */
export interface ShownOther {
  readonly name: string;
  readonly bytes: number;
  readonly isExact: boolean;
}

/** What a site stores on this device, with checked values. */
export interface ShownStorage {
  readonly models: readonly ShownModel[];
  /** Whether all models could be measured. */
  readonly isWhole: boolean;
  readonly others: readonly ShownOther[];
  readonly usage: number | undefined;
  readonly quota: number | undefined;
  readonly isPersistent: boolean | undefined;
}

const LONGEST_NAME = 200;

/** Checks several reports, and merges them: each `ModelDownloads` of a page reports its own models. `undefined` without any. */
export function toShownStorage(reports: readonly unknown[]): ShownStorage | undefined {
  const valid = reports.filter(isRecord);
  if (valid.length === 0) return undefined;
  const listed = (name: string): readonly unknown[] =>
    valid.flatMap((report) => (Array.isArray(report[name]) ? (report[name] as unknown[]) : []));
  const models = new Map(
    listed('models')
      .flatMap(readModel)
      .map((model) => [model.key, model]),
  );
  const first = <T>(read: (value: unknown) => T | undefined, name: string): T | undefined =>
    valid.map((report) => read(report[name])).find((value) => value !== undefined);
  return {
    models: [...models.values()],
    isWhole: listed('unmeasured').every((key) => models.has(String(key))),
    others: mergeOthers(listed('others').flatMap(readOther)),
    usage: first(count, 'usage'),
    quota: first(count, 'quota'),
    isPersistent: first(flag, 'isPersistent'),
  };
}

function readModel(value: unknown): readonly ShownModel[] {
  const fields = fieldsOf(value);
  const { modelKey: key, status, sharedWith } = fields;
  if (typeof key !== 'string' || key === '') return [];
  return [
    {
      key,
      name: text(fields.modelName, LONGEST_NAME) ?? text(key, LONGEST_NAME) ?? '…',
      bytes: (count(fields.bytes) ?? 0) + (count(fields.partialBytes) ?? 0),
      total: count(fields.totalBytes),
      isComplete: flag(fields.isComplete),
      lastUsed: time(fields.lastUsed),
      status: isDownloadStatus(status) ? status : 'idle',
      sharedWith: Array.isArray(sharedWith) ? sharedWith.filter((other) => typeof other === 'string') : [],
    },
  ];
}

/** A time in ms since 1970, up to the latest one that a `Date` can have (ECMAScript, "Time Values and Time Range"). */
function time(value: unknown): number | undefined {
  const known = count(value);
  return known !== undefined && known <= 8.64e15 ? known : undefined;
}

function readOther(value: unknown): readonly ShownOther[] {
  const fields = fieldsOf(value);
  const name = text(fields.name, LONGEST_NAME);
  const bytes = count(fields.bytes);
  return name === undefined || bytes === undefined ? [] : [{ name, bytes, isExact: fields.isExact === true }];
}

/** Returns the smallest value of each software: one report can count files that belong to the models of another report. */
function mergeOthers(others: readonly ShownOther[]): readonly ShownOther[] {
  const merged = new Map<string, ShownOther>();
  for (const other of others) {
    const known = merged.get(other.name);
    if (!known || other.bytes < known.bytes) merged.set(other.name, other);
  }
  return [...merged.values()];
}
