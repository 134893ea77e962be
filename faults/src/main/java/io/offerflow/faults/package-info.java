/** The command line of the fault runs. */
package io.offerflow.faults;
