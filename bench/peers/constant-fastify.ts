import Fastify from 'fastify';

const charizard = {
  id: 6,
  name: 'charizard',
  image: 'https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon/6.png',
  height: '170 cm',
  weight: '90.5 kg',
};

const app = Fastify({ logger: false });

app.get('/api/v1/getCharizard', async () => charizard);

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
