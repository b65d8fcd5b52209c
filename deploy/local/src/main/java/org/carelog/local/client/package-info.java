/** A client of the running system. */
package org.carelog.local.client;
