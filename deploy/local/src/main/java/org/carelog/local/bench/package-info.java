/** Measures the running system. */
package org.carelog.local.bench;
