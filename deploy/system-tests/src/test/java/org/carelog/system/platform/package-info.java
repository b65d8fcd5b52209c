/** Carelog as its user starts it: the command {@code ./carelog}, with data and ports of its own. */
package org.carelog.system.platform;
