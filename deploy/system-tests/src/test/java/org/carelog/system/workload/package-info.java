/** Clients that write, read and search through the gateway, with real tokens, and note how each request ended. */
package org.carelog.system.workload;
