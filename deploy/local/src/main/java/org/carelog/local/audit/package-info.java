/** What compliance staff do at the command line: look into the audit log, take an export away, check it. */
package org.carelog.local.audit;
