/** Events as an integration engine gets them, for a person to look at. */
package org.carelog.local.consume;
