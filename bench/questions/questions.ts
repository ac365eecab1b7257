import { toDocument } from './document.ts';
import { pieces } from './pieces.ts';

/** What all subjects of a workload are asked, and must answer, byte for byte. */
export interface Question {
  path: string;
  answer: string;
}

// Five fields of the upstream's document, mapped.
const toMapped = (name: string): string =>
  JSON.stringify({
    id: 6,
    name,
    image: 'https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon/6.png',
    height: '170 cm',
    weight: '90.5 kg',
  });

/** Five fields of the upstream's document, mapped. */
export const mappedCharizard: Question = { path: '/api/v1/getCharizard', answer: toMapped('charizard') };

/** The same of the document of that name. */
export const mappedPokemon = (name: string): Question => ({ path: `/api/v1/pokemon/${name}`, answer: toMapped(name) });

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

/** Length of a large document, as many of PokeAPI's are. */
export const largeBytes = 370_000;

/** The large document, passed on as it is. */
export const passedLarge: Question = {
  path: passedCharizard.path,
  answer: toDocument('charizard', largeBytes).toString(),
};

/** 1 MB in pieces, whose length the upstream does not tell beforehand, passed on as it is. */
export const passedStream: Question = { path: passedCharizard.path, answer: pieces.join('') };
