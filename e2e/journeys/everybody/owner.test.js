import { nobodyIsShutOut } from '../../lib/everybody.js';

nobodyIsShutOut('owner');
