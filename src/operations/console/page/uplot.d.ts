// The console serves uPlot's own build beside the page's files, at `/console/uplot.js`.
import uPlot from 'uplot';

export default uPlot;
