/** The dashboard's page: its look, its elements, and the one that is all of it. */

import { styles } from './dashboard.styles.ts';
import { registerElements } from './elements.ts';
import { timelineStyles } from './timeline.styles.ts';

document.adoptedStyleSheets.push(styles.styleSheet!, timelineStyles.styleSheet!);
registerElements();
document.body.append(document.createElement('dashboard-app'));
