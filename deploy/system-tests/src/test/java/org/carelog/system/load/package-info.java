/** A made-up population, loaded as its user loads it. */
package org.carelog.system.load;
