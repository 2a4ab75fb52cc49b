import { nobodyIsShutOut } from '../../lib/everybody.js';

nobodyIsShutOut('privacy');
