/** Shows the main job in ten lines: a write, its event, the other service's copy, the audit entry. */
package org.carelog.local.demo;
