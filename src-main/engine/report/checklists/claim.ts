import { ofSeveralLabels } from '../headline.ts';
import { author, here, inSection, none, type ChecklistRows } from './item.ts';
import * as known from './known.ts';

/** Topics in our own short words; numbers as published. */
// prettier-ignore
export const CLAIM: ChecklistRows = {
  name: 'CLAIM 2024',
  citation:
    'Tejani AS, Klontzas ME, Gatti AA, et al. Checklist for Artificial Intelligence in Medical Imaging (CLAIM): 2024 Update. Radiology: Artificial Intelligence 2024;6(4):e240300.',
  items: [
    ...inSection('Title and abstract', [
      ['1', 'Title names the technique', here('The title here names deep learning and the task.', 'summary')],
      ['2', 'Structured abstract', author('Write the abstract. The summary here has data, methods and results; the conclusion is yours.')],
    ]),
    ...inSection('Introduction', [
      ['3', 'Background and clinical role', author('What is done today, and what would this model be used for, by whom?')],
      ['4', 'Aims and hypotheses', ({ comparison }) =>
        comparison?.result?.kind === 'tournament'
          ? here('Non-inferiority to the reference within the margin that was set beforehand.', 'comparison')
          : author('What was the aim, and which hypothesis was set beforehand?')],
    ]),
    ...inSection('Study design', [
      ['5', 'Prospective or retrospective', author('Were the images collected for this study, or taken from what there was?')],
      ['6', 'Goal of the study', ({ comparison }) =>
        here(comparison ? 'Comparison of models made of one network.' : 'Development of a model and its evaluation.', 'methods')],
    ]),
    ...inSection('Data', [
      ['7', 'Data sources', author('Where are the images from: hospitals, registries, public data sets? Give links.')],
      ['8', 'Inclusion and exclusion', author('Which patients were eligible, and how were they selected? Files excluded for technical reasons are in the flow diagram.')],
      ['9', 'Preprocessing', here('From the file to what the network sees, and augmentation.', 'methods')],
      ['10', 'Selection of subsets', ({ approach: { settings } }) =>
        settings.trainShare < 1
          ? here(`${Math.round(100 * settings.trainShare)} % of the training part were used, drawn at random.`, 'flow')
          : here('All usable images were used; what was left out is in the flow diagram.', 'flow')],
      ['11', 'De-identification', author('How were the images de-identified before? Here identifiers are kept only as salted hashes, and none is in the report.')],
      ['12', 'Missing data', known.missingData],
      ['13', 'Image acquisition', ({ cohort }) =>
        author(`Give scanners and protocol.${cohort.dicom ? ' What the DICOM headers say of manufacturers is in the report.' : ' The files say nothing of it.'}`)],
    ]),
    ...inSection('Reference standard', [
      ['14', 'Definition of the reference standard', (report) =>
        author(`What makes an image ${ofSeveralLabels(report) ? 'have each label, and what is uncertain of it' : 'one of each class'}? Define it so that others can repeat it.`)],
      ['15', 'Rationale', author('Why this reference standard, and not another?')],
      ['16', 'Source of annotations', author('Who set the labels, with which qualification and training?')],
      ['17', 'Annotation of the test set', author('How, and with which tool, were the labels of the test set made?')],
      ['18', 'Variability of annotators', author('How well do annotators agree, with themselves and each other, and how were disagreements resolved?')],
    ]),
    ...inSection('Data partitions', [
      ['19', 'Assignment to partitions', known.partition],
      ['20', 'Level at which they are disjoint', known.disjoint],
      ['21', 'Sample size', known.sampleSize],
    ]),
    ...inSection('Model', [
      ['22', 'Architecture', here('Network, cut, head, input and output.', 'methods')],
      ['23', 'Software', here('Versions of the program and the engine.', 'environment')],
      ['24', 'Initialisation', ({ approach: { source } }) =>
        here(source ? 'Pretrained weights, with licence and checksum.' : 'Random weights.', 'methods')],
    ]),
    ...inSection('Training', [
      ['25', 'Training procedure', here('Augmentation, optimiser, schedule, batch, epochs; the losses are drawn.', 'training')],
      ['26', 'Selection of the final model', ({ approach: { selection } }) =>
        here(`The epoch with the best validation ${selection}.`, 'methods')],
      ['27', 'Ensembling', none('A single network gives the answer.')],
    ]),
    ...inSection('Evaluation', [
      ['28', 'Measures of performance', here('Figures of discrimination and error; see there.', 'results')],
      ['29', 'Uncertainty', known.intervals],
      ['30', 'Robustness', known.robustness],
      ['31', 'Explainability', known.explainability],
      ['32', 'Internal testing', known.internalTest],
      ['33', 'External testing', known.externalTest],
      ['34', 'Trial registration', author('If this is part of a clinical trial, where is it registered? If not, say so.')],
    ]),
    ...inSection('Results', [
      ['35', 'Numbers included and excluded', here('Flow diagram.', 'flow')],
      ['36', 'Characteristics in each partition', known.demographics],
      ['37', 'Performance', here('In each part that may be shown.', 'results')],
      ['38', 'Estimates with their precision', known.intervals],
      ['39', 'Failure analysis', known.failureAnalysis],
    ]),
    ...inSection('Discussion', [
      ['40', 'Limitations', author('What limits the result? What the audit found in the data is a beginning.')],
      ['41', 'Implications', author('What follows for practice, and what stands in the way?')],
    ]),
    ...inSection('Other information', [
      ['42', 'Protocol', here('All settings, seeds and hashes are here and in the JSON beside it.', 'environment')],
      ['43', 'Availability', author(known.availability)],
      ['44', 'Funding', author('Who paid, and what part did they have in the study?')],
    ]),
  ],
};
