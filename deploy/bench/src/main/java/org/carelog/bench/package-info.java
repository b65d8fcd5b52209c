/** {@code ./carelog bench}: how fast the running system is, beside another server's figures and what the machine can do. */
package org.carelog.bench;
