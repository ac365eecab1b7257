import { toDocument } from './upstream-document.ts';

/** What all subjects of a workload are asked, and must answer, byte for byte. */
export interface Question {
  path: string;
  answer: string;
}

/** Five fields of the upstream's document, mapped. */
export const mappedCharizard: Question = {
  path: '/api/v1/getCharizard',
  answer: JSON.stringify({
    id: 6,
    name: 'charizard',
    image: 'https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon/6.png',
    height: '170 cm',
    weight: '90.5 kg',
  }),
};

/** Where the upstream itself has its document of 1.9 KB. */
export const upstreamCharizard: Question = {
  path: '/api/v2/pokemon/charizard',
  answer: toDocument('charizard', 0).toString(),
};

/** What comes before the upstream's paths at whoever passes requests on. */
export const gatewayPrefix = '/gateway/upstream';

/** The same document, passed on as it is. */
export const passedCharizard: Question = {
  path: gatewayPrefix + upstreamCharizard.path,
  answer: upstreamCharizard.answer,
};
