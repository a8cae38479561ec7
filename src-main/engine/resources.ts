import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `resources` lies at the top of the application, whether its modules run as they are or built into `out`. */
export function resourcesFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const resources = join(folder, 'resources');
    if (existsSync(join(resources, 'catalogue.json'))) return resources;
    if (folder === dirname(folder)) throw new Error('the application has no folder of resources');
  }
}
