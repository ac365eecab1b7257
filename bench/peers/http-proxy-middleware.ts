import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

const app = express();

// As its documentation shows it; connections to the upstream are kept by default, 256 at most.
const target = new URL(process.env['POKEAPI_URL'] ?? '').origin;
app.use('/gateway/upstream', createProxyMiddleware({ target, changeOrigin: true }));

app.listen(Number(process.env['PORT']), '127.0.0.1');
