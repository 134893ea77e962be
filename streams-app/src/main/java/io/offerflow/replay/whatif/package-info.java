/** Decides recorded inputs again with other rules or settings, and reports the differences. */
package io.offerflow.replay.whatif;
