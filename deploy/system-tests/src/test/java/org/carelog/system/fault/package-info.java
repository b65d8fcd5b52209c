/** Faults under load, and what must hold after them. */
package org.carelog.system.fault;
