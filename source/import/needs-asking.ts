import { holdsOtherThings } from '../store/case-folder.ts';

/** Whether a case would be made among other files here: whoever opens it is to be asked before. */
export const needsAsking = (folder: string): boolean => holdsOtherThings(folder);
