/** What an administrator does with running services: events that were not applied, copies that are rebuilt. */
package org.carelog.local.operate;
