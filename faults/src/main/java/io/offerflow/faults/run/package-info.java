/** A run of a cluster under a schedule of faults, and its report. */
package io.offerflow.faults.run;
