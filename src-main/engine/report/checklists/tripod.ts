import { ofSeveralLabels } from '../headline.ts';
import { author, here, inSection, none, type ChecklistRows } from './item.ts';
import * as known from './known.ts';

/** Topics in our own short words; numbers as published. */
// prettier-ignore
export const TRIPOD: ChecklistRows = {
  name: 'TRIPOD+AI',
  citation:
    'Collins GS, Moons KGM, Dhiman P, et al. TRIPOD+AI statement: updated guidance for reporting clinical prediction models that use regression or machine learning methods. BMJ 2024;385:e078378.',
  items: [
    ...inSection('Title and abstract', [
      ['1', 'Title', author('Name the target population. The title here has the task, and that a model was developed.')],
      ['2', 'Abstract', author('Write it by TRIPOD+AI for Abstracts. The summary here has data, methods and results.')],
    ]),
    ...inSection('Introduction', [
      ['3a', 'Context and rationale', author('Is it to diagnose or to predict, why is a model needed, and which are there already?')],
      ['3b', 'Target population and purpose', author('For which patients, where in their care, and who would use it?')],
      ['3c', 'Known health inequalities', author('Which inequalities between groups of people are known?')],
      ['4', 'Objectives', here('Development of a model, with its evaluation.', 'methods')],
    ]),
    ...inSection('Methods', [
      ['5a', 'Sources of data', author('Where are the images from, why those, and whom do they represent?')],
      ['5b', 'Dates', author('When were patients included, from the first to the last?')],
      ['6a', 'Setting', author('Which centres, how many, and what kind of care?')],
      ['6b', 'Eligibility', author('Which patients were eligible?')],
      ['6c', 'Treatments', author('Were patients treated before imaging? If that does not matter here, say so.')],
      ['7', 'Data preparation', here('Preparation of images and what the audit checked.', 'methods')],
      ['8a', 'Outcome', (report) =>
        author(`Define the ${ofSeveralLabels(report) ? 'labels' : 'classes'}: how and when they were assessed, and why these.`)],
      ['8b', 'Assessors of the outcome', author('Who set the labels, with which qualification?')],
      ['8c', 'Blinding of the outcome', author('Did those who set the labels know anything of the model or of other findings?')],
      ['9a', 'Choice of predictors', here('The pixels of the image, and nothing else.', 'methods')],
      ['9b', 'Definition of predictors', author('How and when were the images taken? How their pixels are prepared is in the report.')],
      ['9c', 'Assessors of predictors', none('Nobody judges the predictors: they are pixels.')],
      ['10', 'Sample size', known.sampleSize],
      ['11', 'Missing data', known.missingData],
      ['12a', 'Use of the data', known.partition],
      ['12b', 'Handling of predictors', here('Resizing, normalisation and augmentation.', 'methods')],
      ['12c', 'Model, building and internal validation', here('Network, training, and how the epoch was chosen.', 'methods')],
      ['12d', 'Heterogeneity across clusters', known.heterogeneity],
      ['12e', 'Measures of performance', here('Measures and plots, each named.', 'results')],
      ['12f', 'Model updating', none('The model was not updated after it was evaluated.')],
      ['12g', 'How predictions were computed', here('By the network with these weights, see the hash.', 'model')],
      ['13', 'Class imbalance', (report) =>
        here(report.approach.settings.classWeights === 'balanced' ? (ofSeveralLabels(report) ? 'The loss weighs the positives of each label up to its negatives.' : 'The loss weighs classes by the inverse of their frequency.') : 'Nothing was done about it.', 'methods')],
      ['14', 'Fairness', author('Was anything done so that the model serves groups of people alike? Nothing of that kind is done in training here.')],
      ['15', 'Output of the model', (report) =>
        here(ofSeveralLabels(report) ? 'A probability for each label, and from which on it is called.' : 'A probability for each class, and how they become a decision.', 'decisions')],
      ['16', 'Development against evaluation data', ({ cohort, figures }) =>
        cohort.ownTestFolder || figures.some(({ on }) => on === 'data')
          ? author('How do the other images differ from those trained on: setting, patients, labels?')
          : here('Parts of one data set, drawn at random.', 'flow')],
      ['17', 'Ethical approval', author('Which ethics committee approved it, and what of consent?')],
    ]),
    ...inSection('Open science', [
      ['18a', 'Funding', author('Who paid, and what part did they have?')],
      ['18b', 'Conflicts of interest', author('Declare them for every author.')],
      ['18c', 'Protocol', author('Where is the protocol? If there was none, say so.')],
      ['18d', 'Registration', author('Where is the study registered? If it is not, say so.')],
      ['18e', 'Data sharing', author('Can the data be had, and how?')],
      ['18f', 'Code sharing', author(known.availability)],
      ['19', 'Patient and public involvement', author('Were patients or the public involved? If not, say so.')],
    ]),
    ...inSection('Results', [
      ['20a', 'Flow of participants', (report) =>
        ofSeveralLabels(report) ? here('Flow diagram; the numbers of each label are below it.', 'flow') : here('Flow diagram, with the numbers of each class.', 'flow')],
      ['20b', 'Characteristics', known.demographics],
      ['20c', 'Comparison with development data', ({ testOpened, figures }) =>
        testOpened || figures.some(({ on }) => on === 'data')
          ? author('Compare age, sex and the like between training and test. Labels and sizes of the parts are in the report.')
          : none('No evaluation on other data is in this report.')],
      ['21', 'Numbers in each analysis', (report) =>
        here(ofSeveralLabels(report) ? 'Images of each part, how many of them have each label or have it not, and of how many it is not known.' : 'Images and classes of each part.', 'data')],
      ['22', 'Full specification of the model', here('Hash of the weights and every setting; an export and its model card give the model itself.', 'model')],
      ['23a', 'Performance with intervals', known.intervals],
      ['23b', 'Heterogeneity in performance', known.heterogeneity],
      ['24', 'Results of updating', none('The model was not updated.')],
    ]),
    ...inSection('Discussion', [
      ['25', 'Interpretation', author('What do the results mean, also for fairness, in the light of earlier studies?')],
      ['26', 'Limitations', author('Which limits are there? What the audit found in the data is a beginning.')],
      ['27a', 'Poor or missing input', author('What should users do with images of poor quality?')],
      ['27b', 'Interaction and expertise', author('What do users have to do and to know?')],
      ['27c', 'Next steps', author('What should be studied next?')],
    ]),
  ],
};
