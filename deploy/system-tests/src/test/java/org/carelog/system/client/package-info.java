/** Clients that others wrote, each on its whole round. */
package org.carelog.system.client;
