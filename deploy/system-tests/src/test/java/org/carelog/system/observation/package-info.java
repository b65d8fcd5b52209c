/** What the system says it did: its databases, read as their superuser, and its topics. */
package org.carelog.system.observation;
