import { keepFilesPrivate } from '../userFiles.ts';
import { startApplication } from './application.ts';

keepFilesPrivate();

startApplication(import.meta.dirname);
