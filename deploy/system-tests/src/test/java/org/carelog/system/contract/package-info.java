/** The topics by their documents alone: what {@code docs/events} promises, and an integration engine that believes it. */
package org.carelog.system.contract;
