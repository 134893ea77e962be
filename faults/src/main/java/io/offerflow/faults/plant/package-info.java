/** Defects that are planted into the service, to see that a run finds them. */
package io.offerflow.faults.plant;
