// The pages that only this app has.
import type { ReactNode } from 'react';
import { ManageCredentials } from './manage-credentials';

interface AddedPage {
  to: string;
  label: string;
  description: string;
  element: ReactNode;
}

export const ADDED_PAGES: readonly AddedPage[] = [
  {
    to: '/manage-credentials',
    label: 'Manage credentials',
    description: 'All flows, export and import',
    element: <ManageCredentials />,
  },
];
