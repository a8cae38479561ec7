import { join } from 'node:path';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import { migrate, MIGRATIONS } from '../../src-main/engine/store/migrate.ts';

/** The open database of a store as an earlier version left it, with interrupted runs of these ids. */
export function earlierStore(folder: string, version: number, runs: readonly string[]) {
  const db = openDatabase(join(folder, 'cutpoint.db'));
  migrate(db, folder, MIGRATIONS.slice(0, version));
  const plan = trainingPlan.parse({ data: { folder: '/study' }, backbone: 'resnet18', cut: 'layer3.1' });
  for (const id of runs)
    db.prepare(
      `INSERT INTO runs (id, status, created_at, plan, classes, parameters, macs)
       VALUES (?, 'interrupted', '2026-01-01T00:00:00.000Z', ?, '["a","b"]', 1, 1)`,
    ).run(id, JSON.stringify(plan));
  return db;
}
