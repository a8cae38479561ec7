import type en from '../en/sources.ts';
import type { Translation } from '../index.ts';

export default {
  title: 'Quellen',
  lead: 'Womit Netze beginnen: hinzugefügte Gewichte, und solche, die hier trainiert wurden.',
  sections: { own: 'Quellen' },
  own: {
    list: 'Quellen dieses Arbeitsbereichs',
    none: 'In diesem Arbeitsbereich ist noch keine Quelle.',
    columns: { name: 'Name', network: 'Netz', added: 'Hinzugefügt' },
  },
} satisfies Translation<typeof en>;
