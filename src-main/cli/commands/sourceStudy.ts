import type { Command } from 'commander';
import { addSourceStudyAnalyse } from './sourceStudyAnalyse.ts';

export function addSourceStudy(program: Command): void {
  addSourceStudyAnalyse(program.command('source-study'));
}
